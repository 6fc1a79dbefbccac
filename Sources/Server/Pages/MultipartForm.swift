/// A form with a file (`multipart/form-data`, RFC 7578).
struct MultipartForm {
    /// A part of the form.
    struct Part {
        let name: String
        /// True for a file, which has a name of its own.
        let isFile: Bool
        let bytes: ArraySlice<UInt8>
    }

    /// The most parts of a form.
    private static let mostParts = 50

    private(set) var parts: [Part] = []

    /// Reads a form; what is malformed ends it.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - type: The value of `Content-Type`; nil for another than that of such a form.
    init?(_ body: [UInt8], _ type: String) {
        guard type.lowercased().hasPrefix("multipart/form-data"), let boundary = Self.boundary(of: type) else {
            return nil
        }
        let delimiter = Array("--\(boundary)".utf8)
        // The first one stands at the beginning, the others in a line of their own.
        var rest = Array("\r\n".utf8) + body
        guard let first = rest.firstRange(of: Array("\r\n".utf8) + delimiter) else { return }
        rest.removeSubrange(..<first.upperBound)
        while parts.count < Self.mostParts, rest.starts(with: "\r\n".utf8) {
            guard let end = rest.firstRange(of: Array("\r\n".utf8) + delimiter),
                let head = rest.firstRange(of: Array("\r\n\r\n".utf8)), head.upperBound <= end.lowerBound
            else { return }
            let fields = String(decoding: rest[2..<head.lowerBound], as: UTF8.self)
            if let name = Self.parameter("name", of: fields) {
                let isFile = Self.parameter("filename", of: fields) != nil
                parts.append(Part(name: name, isFile: isFile, bytes: rest[head.upperBound..<end.lowerBound]))
            }
            rest.removeSubrange(..<end.upperBound)
        }
    }

    private static func boundary(of type: String) -> String? {
        guard let start = type.firstRange(of: "boundary=") else { return nil }
        let text = type[start.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        return (1...70).contains(text.utf8.count) ? text : nil
    }

    /// A parameter of `Content-Disposition`, which browsers write in quotes.
    private static func parameter(_ name: String, of fields: String) -> String? {
        let line = fields.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") }
        guard let line, let start = line.firstRange(of: "; \(name)=\"") else { return nil }
        return String(line[start.upperBound...].prefix { $0 != "\"" })
    }
}

/// A document as its tags and texts, read more strictly than browsers do.
struct Markup {
    /// The reason why a text is no document.
    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    /// A tag that opens an element.
    struct Tag: Hashable {
        let name: String
        /// The attributes as they are written, that is escaped.
        var attributes: [String: String] = [:]
    }

    private(set) var tags: [Tag] = []
    /// The names of tags, with a slash for those that close one, and the names of attributes with `@`, in order.
    private(set) var skeleton: [String] = []
    private var open: [String] = []
    private let bytes: [UInt8]
    private var index = 0

    private static let void: Set = ["meta", "base", "link", "input", "br", "img"]
    private static let entities = ["amp;", "lt;", "gt;", "quot;", "#39;"].map { Array($0.utf8) }

    /// - Parameter text: The text of a document.
    /// - Throws: `Malformed`
    init(_ text: String) throws {
        bytes = Array(text.utf8)
        try take("<!doctype html>\n")
        while index < bytes.count {
            if next == UInt8(ascii: "<") { try readTag() } else { _ = try value(until: "<") }
        }
        guard open.isEmpty else { throw Malformed(description: "open at the end: \(open)") }
    }

    /// The next byte, or NUL at the end.
    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func take(_ text: String) throws {
        guard bytes[index...].starts(with: text.utf8) else { throw malformed("\(text) is expected") }
        index += text.utf8.count
    }

    private mutating func takes(_ text: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: text) else { return false }
        index += 1
        return true
    }

    /// Reads escaped text up to a character.
    private mutating func value(until end: Unicode.Scalar) throws -> String {
        let start = index
        while index < bytes.count, next != UInt8(ascii: end) {
            switch next {
            case UInt8(ascii: "<"), UInt8(ascii: ">"): throw malformed("not escaped")
            case UInt8(ascii: "&"):
                let isKnown = Self.entities.contains { bytes[(index + 1)...].starts(with: $0) }
                guard isKnown else { throw malformed("not escaped") }
            default: break
            }
            index += 1
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func name() throws -> String {
        let start = index
        while (0x61...0x7A).contains(next | 0x20) || (0x30...0x39).contains(next) || next == 0x2D { index += 1 }
        guard index > start else { throw malformed("a name is expected") }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func readTag() throws {
        try take("<")
        if takes("/") {
            let name = try name()
            guard open.popLast() == name else { throw malformed("closes \(name)") }
            skeleton.append("/" + name)
            return try take(">")
        }
        var tag = Tag(name: try name())
        skeleton.append(tag.name)
        while takes(" ") {
            let name = try name()
            skeleton.append("@" + name)
            var value = ""
            if takes("=") {
                try take("\"")
                value = try self.value(until: "\"")
                try take("\"")
            }
            guard tag.attributes.updateValue(value, forKey: name) == nil else { throw malformed("\(name) twice") }
        }
        let isClosed = takes("/")
        try take(">")
        tags.append(tag)
        if !isClosed, !Self.void.contains(tag.name) { open.append(tag.name) }
    }

    private func malformed(_ reason: String) -> Malformed {
        let around = bytes[max(0, index - 40)..<min(bytes.count, index + 40)]
        return Malformed(description: "\(reason) at …\(String(decoding: around, as: UTF8.self))…")
    }
}

import HTTPTypes

extension HTTPFields {
    /// True if `Accept-Encoding` names gzip, or anything, without the quality 0 (RFC 9110, section 12.5.3).
    var acceptsGzip: Bool {
        var qualities: [String: Bool] = [:]
        for entry in (self[.acceptEncoding] ?? "").lowercased().split(separator: ",") {
            let parts = entry.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let name = parts.first else { continue }
            let isRefused = parts.dropFirst().contains { part in
                part.hasPrefix("q=0") && part.dropFirst(3).allSatisfy { ".0".contains($0) }
            }
            qualities[String(name)] = !isRefused
        }
        return qualities["gzip"] ?? qualities["*"] ?? false
    }
}

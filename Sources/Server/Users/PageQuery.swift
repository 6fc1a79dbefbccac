import Analytics
import HTTP
import HTTPTypes
import Ingest

/// The query of a list that is answered page by page: the site, the first element and the number of elements.
struct PageQuery {
    static let limits = 1...1_000

    /// The name of the site; nil for that of the key.
    let site: SiteName?
    /// The place of the first element, as the list writes it; nil for the first of all.
    let from: String?
    /// The most elements of the page.
    let limit: Int

    /// - Parameter query: The query string.
    /// - Throws: A `Problem` of the field, or a `Rejection` of the site.
    init(_ query: Span<UInt8>) throws {
        var fields = EventFields()
        var values: [String: String] = [:]
        forEachPair(of: query) { key, value in
            fields.note(value, key: key)
            for name in ["from", "limit"] where values[name] == nil && key.equals(name) {
                values[name] = String(copying: query.extracting(value.range))
            }
        }
        site = try SiteName(fields, in: query)
        from = values["from"]
        limit = try values["limit"].map(Self.limit) ?? 100
    }

    private static func limit(_ text: String) throws -> Int {
        guard let limit = text.number, limits.contains(limit) else {
            throw Problem(.badRequest, "not a whole number from 1 to 1000", field: "limit")
        }
        return limit
    }

    /// The value of the header `Link` for the next page.
    ///
    /// - Parameters:
    ///   - path: The path of the list, percent-encoded.
    ///   - place: The place of its first element, of characters that need no encoding.
    /// - Returns: The value.
    func link(_ path: String, next place: String) -> String {
        let named = site.map { "&site=\($0.text)" } ?? ""
        return "<\(path)?from=\(place)&limit=\(limit)\(named)>; rel=\"next\""
    }
}

extension String {
    /// The number that the text writes in digits 0-9; nil for any other text, and beyond `Int.max`.
    var number: Int? {
        guard !isEmpty, utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(self)
    }

    fileprivate init(copying bytes: Span<UInt8>) {
        self.init(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }
}

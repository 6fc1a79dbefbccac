import Analytics
import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest

/// The facts that a request tells about who asks for numbers.
struct Asker: Sendable {
    /// The text of the key in the header; nil without one.
    ///
    /// One in the query would be in logs.
    let key: String?
    /// The text of the share link in the query; nil without one.
    private(set) var share: String?
    /// The page that a browser sends the request from, such as `https://example.com`.
    let origin: String?
    /// The account that is logged in; nil for none, and beside a key or a link.
    var account: Account?

    /// The same without the share link.
    var withoutShare: Asker {
        var asker = self
        asker.share = nil
        return asker
    }

    init(_ request: Request) {
        key = request.headers.bearer
        origin = request.headers[.origin]
        let query = (request.uri.query ?? "").utf8.span
        var share: String?
        forEachPair(of: query) { name, value in
            guard share == nil, name.equals("share") else { return }
            let written = query.extracting(value.range)
            // The texts of links need no decoding.
            share = String(decoding: written.indices.map { written[$0] }, as: UTF8.self)
        }
        self.share = share
    }
}

extension HTTPFields {
    /// The text of the key in `Authorization`.
    var bearer: String? {
        guard let value = self[.authorization], value.lowercased().hasPrefix("bearer ") else { return nil }
        var text = value.dropFirst(7)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

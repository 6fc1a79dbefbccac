import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// A page of a list.
struct Page {
    let kind: ListQuery.Kind
    let rows: [ListedRow]
    let hasNext: Bool

    /// The place behind the page; nil if it is the last one.
    private var next: ListCursor? { hasNext ? rows.last?.cursor : nil }

    func response(as format: TableFormat, to request: Request) -> Response {
        let text = ListText(kind, as: format)
        var response =
            switch format {
            case .json:
                Response(
                    json: .object([
                        kind.rawValue: .array(rows.map { text.object($0) }), "next": next.map { .text($0.text) },
                    ])
                )
            case .csv, .ndjson: Response(csv: text.head + text.lines(rows))
            }
        response.headers[.contentType] = format.contentType
        if let next { response.headers[.link] = "<\(target(of: request, at: next))>; rel=\"next\"" }
        return response
    }

    /// The target of a request with another place, and without a key.
    private func target(of request: Request, at place: ListCursor) -> String {
        let pairs = (request.uri.query ?? "").split(separator: "&").filter { pair in
            !["cursor", "key"].contains(pair.prefix { $0 != "=" })
        }
        return request.uri.path + "?" + (pairs + ["cursor=\(place.text)"]).joined(separator: "&")
    }
}

import Analytics
import Hummingbird
import Ingest

extension SiteName {
    /// Reads the name of a site from the query of a request; nil if there is none.
    init?(query request: Request) throws(Rejection) {
        let query = (request.uri.query ?? "").utf8.span
        try self.init(EventFields(form: query), in: query)
    }
}

import HTTP
import HTTPTypes

/// The reason that a query is refused.
struct QueryRefusal: Error, Hashable {
    /// The member of the query that is wrong, such as `metrics`.
    let field: String
    let detail: String

    init(_ field: String, _ detail: String) {
        self.field = field
        self.detail = detail
    }

    /// A value that is wrong where it stands in the query.
    static func at(_ path: String, _ detail: String) -> QueryRefusal {
        QueryRefusal(String(path.prefix { $0 != "/" }), "#/\(path): \(detail)")
    }

    static func type(_ path: String, _ expected: String, _ value: JSONValue) -> QueryRefusal {
        .at(path, "Type mismatch. Expected \(expected) but got \(value.typeName).")
    }

    /// The refusal of a query that is a part of something larger.
    func within(_ path: String) -> QueryRefusal { QueryRefusal("\(path).\(field)", "\(path): \(detail)") }

    var problem: Problem {
        var problem = Problem(.badRequest, detail, field: field)
        problem.isErrorToo = true
        return problem
    }
}

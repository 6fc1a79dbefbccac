import Analytics
import HTTP
import HTTPTypes
import Ingest
import Registry

/// The answer to an error of any target.
///
/// Clients get fixed texts; the log gets the whole error.
func problem(for error: any Error) -> Problem {
    switch error {
    case let error as Rejection: Problem(error)
    case Batcher.Refusal.full: .unavailable("too many events are waiting to be stored")
    case Batcher.Refusal.closed: .unavailable("the server is shutting down")
    case WriteError.unavailable: .unavailable("the database is away or takes nothing now; nothing was stored")
    case WriteError.unknown:
        .unavailable("the database went away during the commit; the events may have been stored")
    case WriteError.spoolFull: .unavailable("the database is away and the spool is full; nothing was stored")
    case WriteError.spoolBroken:
        .unavailable("the database is away and the disk did not take what was spooled; nothing was stored")
    case WriteError.refused(_, let rejection): Problem(rejection)
    case QueryError.unavailable: .unavailable("the database is away")
    case QueryError.tooSlow: .unavailable("the database took too long")
    case QueryError.incomplete(let gap): .unavailable(gap.rawValue)
    case let error as QueryError where error.isTemporary: .unavailable(error.description)
    case QueryError.invalid(let fault): Problem(.badRequest, fault.rawValue, field: fault.field)
    case let error as QueryError where error.isAboutDroppedHits:
        Problem(.badRequest, error.description, field: "date_range")
    case let error as RegistryFailure: .unavailable(error.description)
    case Bulk.Failure.malformed(let rejection, let line): Problem(rejection, line: line)
    case Bulk.Failure.tooManyEvents(let limit):
        Problem(.contentTooLarge, "more than \(limit) events in one request", field: "body")
    default: Problem(for: error)
    }
}

extension QueryError {
    /// True if the question will be answered soon.
    fileprivate var isTemporary: Bool { if case .building = self { true } else { false } }
}

extension QueryError {
    /// True if hits that the answer needs are not kept any more.
    var isAboutDroppedHits: Bool { if case .notKept = self { true } else { false } }
}

extension QueryError.Fault {
    /// The part of the question that is wrong.
    fileprivate var field: String {
        switch self {
        case .period, .hits, .dropped, .cohorts, .steps: "date_range"
        case .hours: "to"
        case .ties: "cursor"
        case .zone: "timezone"
        case .pattern: "filters"
        case .groups: "dimensions"
        }
    }
}

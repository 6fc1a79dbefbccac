import FoundationEssentials
import NIOHTTP1
import Support

/// The format of a request, and its number of events.
enum RequestShape {
    case single
    case csv(Int)
    case lines(Int)
    /// Hits that are events of the hour as well, each with an id.
    case hits(Int)

    /// The agent of a browser.
    static let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"

    var count: Int {
        switch self {
        case .single: 1
        case .csv(let count), .lines(let count), .hits(let count): count
        }
    }

    /// The status that acknowledges the events.
    var success: Int {
        if case .single = self { 204 } else { 200 }
    }

    var headers: HTTPHeaders {
        switch self {
        case .single: [:]
        case .csv: ["Content-Type": "text/csv"]
        case .lines: ["Content-Type": "application/x-ndjson"]
        // Without an agent they would be a bot's, and no events.
        case .hits: ["Content-Type": "application/x-ndjson", "User-Agent": Self.agent]
        }
    }

    func target(_ events: [LedgerEvent]) -> String {
        guard let event = events.first else { return "/analytics" }
        return switch self {
        case .single: event.target
        case .csv, .lines: "/analytics" + event.site.query
        case .hits: "/api/v1/events"
        }
    }

    func body(_ events: [LedgerEvent]) -> String {
        switch self {
        case .single:
            return ""
        case .csv:
            return "timestamp,user,event\n" + events.map { "\($0.time),\($0.user),\($0.kindName)\n" }.joined()
        case .lines:
            return events.map { #"{"timestamp":\#($0.time),"user":"\#($0.user)","event":"\#($0.kindName)"}"# + "\n" }
                .joined()
        case .hits:
            return events.map { event in
                let site = event.site.name ?? "default"
                return #"{"site":"\#(site)","name":"\#(event.kindName)","user":"\#(event.user)","#
                    + #""timestamp":\#(event.time),"id":"\#(event.user)","url":"https://a.example/\#(event.time % 50)"}"#
                    + "\n"
            }.joined()
        }
    }

    /// True if a successful answer says that all events are stored.
    func isAccepted(_ answer: HTTPAnswer) -> Bool {
        guard case .single = self else {
            // An answer without such JSON acknowledges no event.
            return (try? JSONDecoder().decode(Accepted.self, from: Data(answer.body.utf8)))?.accepted == count
        }
        return answer["Analytics-Rejected"] == nil
    }
}

private struct Accepted: Decodable {
    let accepted: Int
}

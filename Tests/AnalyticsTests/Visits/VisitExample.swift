import Analytics
import Testing

/// Hits of a site in words, and the visits that they make.
///
/// A hit is its day, its time, its name, and in any order its path, its visitor (a capital letter, `A` if there is none)
/// and marks: `dated`, `passive` for one that ends no bounce, `bot`, `nobody`, and `from:` with a source.
struct VisitExample: Sendable, CustomTestStringConvertible {
    let rule: String
    let hits: [String]
    let visits: [String]
    private var aliases: [Visitor: Visitor] = [:]
    /// The midnights in the zone of the site: 05:45 earlier than those of UTC.
    private static let dates = DateBorders((0...5).map { Timestamp(milliseconds: time($0, hour: 18, minute: 15)) })

    var testDescription: String { rule }

    init(_ rule: String, _ hits: [String], aliases: [String: String] = [:], make visits: [String]) {
        self.rule = rule
        self.hits = hits
        self.visits = visits
        for (visitor, user) in aliases { self.aliases[Self.visitor(visitor)] = Self.visitor(user) }
    }

    /// The visits of hits in words: visitor, start, duration, entry and exit page, counts.
    func visits(of hits: [String]) throws -> [String] {
        let site = SiteVisits(of: try hits.map(Self.hit), aliases: aliases, dates: Self.dates)
        return site.visits.map { Self.words($0, site.hits) }
    }

    private static func visitor(_ name: String) -> Visitor {
        Visitor(rawValue: UInt64(name.unicodeScalars.first?.value ?? 0))
    }

    private static func time(_ day: Int, hour: Int = 0, minute: Int = 0) -> Int {
        ((day * 24 + hour) * 60 + minute) * 60_000
    }

    private static func hit(_ text: String) throws -> Hit {
        let words = text.split(separator: " ").map(String.init)
        let clock = words[1].split(separator: ":")
        let seconds = try #require(clock.count > 2 ? Double(clock[2]) : 0)
        let day = try #require(Int(words[0]))
        let (hour, minute) = try (#require(Int(clock[0])), #require(Int(clock[1])))
        let time = time(day, hour: hour, minute: minute) + Int((seconds * 1000).rounded())
        var hit = Hit(time: Timestamp(milliseconds: time), name: words[2])
        hit.visitor = visitor("A")
        for word in words[3...] {
            switch word {
            case "dated": hit.flags.insert(.dated)
            case "passive": hit.flags.remove(.interactive)
            case "bot": hit.flags.insert(.bot)
            case "nobody": hit.visitor = nil
            case let path where path.hasPrefix("/"): hit.path = path
            case let source where source.hasPrefix("from:"):
                var origin = Origin()
                origin.source = String(source.dropFirst(5))
                hit.origin = origin
            default: hit.visitor = visitor(word)
            }
        }
        return hit
    }

    private static func words(_ visit: Visit, _ hits: [Hit]) -> String {
        let (minutes, milliseconds) = (visit.start.milliseconds / 60_000, visit.start.milliseconds % 60_000)
        let pages = [visit.entry, visit.exit].map { $0.map { hits[$0].path ?? "?" } ?? "-" }
        let name = UnicodeScalar(UInt32(visit.visitor.rawValue)).map { String($0) } ?? "?"
        let source = hits[visit.hits.lowerBound].origin?.source
        return [
            name, "\(minutes / 1440)", "\(minutes / 60 % 24):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)",
            milliseconds == 0 ? nil : "+ \(milliseconds) ms",
            "for \(seconds(visit.duration))s,", pages.joined(separator: " to ") + ",",
            "\(visit.pageviews) views, \(visit.events) events, \(visit.hits.count) hits",
            visit.isBounce ? "bounce" : nil, visit.isDated ? "dated" : nil, source.map { "from \($0)" },
        ].compactMap { $0 }.joined(separator: " ")
    }

    private static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = Int(attoseconds / 1_000_000_000_000_000)
        return milliseconds == 0 ? "\(seconds)" : "\(seconds).\(milliseconds)"
    }
}

import Analytics
import Foundation
import NIOCore
import Store
import Support
import Testing

@testable import Server

/// The figures that streams have in common.
struct BroadcastTests {
    private static let subject = Broadcast.Subject(site: Site.standard, filters: [])

    /// A stream that is not read takes no memory; then it is told how many hits it lacks.
    @Test func aSlowReaderIsToldWhatItLacks() async throws {
        let source = ManyHits(readings: 400)
        let broadcast = Broadcast(Self.subject, source)
        let stream = Subscription(to: broadcast, hasHits: true, after: nil) {}
        await source.readAll(by: broadcast)
        var (missed, numbers, largest) = (0, [Int](), 0)
        while numbers.last != 400 * Broadcast.mostHits - 1 {
            let messages = try #require(await stream.next())
            largest = max(largest, messages.readableBytes)
            let text = String(buffer: messages)
            missed += text.matches(of: /"missed":([0-9]+)/).reduce(0) { $0 + (Int($1.1) ?? 0) }
            numbers += text.matches(of: /"name":"n([0-9]+)"/).compactMap { Int($0.1) }
        }
        // The first reading has the hits with which a stream begins.
        #expect(missed + numbers.count == 399 * Broadcast.mostHits + Broadcast.firstHits)
        #expect(missed > 0)
        #expect(numbers == Array(numbers[0]..<400 * Broadcast.mostHits))
        #expect(largest < 200 << 10)
    }

    /// Of what came while it was not read, a stream has the last figures alone.
    @Test func theLatestFiguresWin() async throws {
        let source = ManyHits(readings: 5)
        let broadcast = Broadcast(Self.subject, source)
        let stream = Subscription(to: broadcast, hasHits: false, after: nil) {}
        await source.readAll(by: broadcast)
        let text = String(buffer: try #require(await stream.next()))
        #expect(text.matches(of: /event: counts/).count == 1)
        #expect(text.contains(#""visitors_5m":5"#))
        #expect(!text.contains("event: hits"))
    }

    @Test func aSilentStreamGetsSigns() async throws {
        let broadcast = Broadcast(Self.subject, ManyHits(readings: 0))
        let stream = Subscription(to: broadcast, hasHits: false, after: nil) {}
        _ = await stream.next()
        broadcast.tick(isBeat: true)
        #expect(String(buffer: try #require(await stream.next())) == ":\n\n")
    }

    @Test func thereAreOnlySoManyStreams() throws {
        let realtime = Realtime(store: PostgresStore(url: "host=/nowhere"))
        let name = try SiteName(parsing: "shop".utf8Span.span)
        let sites = (1...3 as ClosedRange<Int32>).map { Site(id: SiteID(rawValue: $0), uuid: UUID(), name: name) }
        var streams = [Subscription]()
        for site in sites[..<2] {
            for _ in 0..<Realtime.mostStreamsOfSite {
                streams.append(try realtime.open(site, [], hasHits: false, after: nil))
            }
            #expect(throws: (any Error).self) { try realtime.open(site, [], hasHits: false, after: nil) }
        }
        #expect(realtime.streams == Realtime.mostStreams)
        #expect(throws: (any Error).self) { try realtime.open(sites[2], [], hasHits: false, after: nil) }
        streams.removeLast()
        streams.append(try realtime.open(sites[2], [], hasHits: false, after: nil))
        streams = []
        #expect(realtime.streams == 0)
    }
}

/// A site with as many new hits in each reading as are taken.
private actor ManyHits: RealtimeSource {
    private let readings: Int
    private var count = 0

    init(readings: Int) { self.readings = readings }

    func read(hits most: Int) async throws -> RealtimeReading {
        let first = count * Broadcast.mostHits
        count += 1
        let numbers = (first..<first + Broadcast.mostHits).suffix(most)
        let counts = RecentCounts(moment: .now, now: count, halfHour: count, minutes: [])
        let hits = numbers.map { number -> [ListedRow.Value?] in
            [nil, .text("n\(number)")] + Array(repeating: nil, count: 30)
        }
        return RealtimeReading(counts: counts, hour: nil, arrived: Broadcast.mostHits, hits: hits)
    }

    /// Lets a broadcast read as often as there are readings.
    func readAll(by broadcast: Broadcast) async {
        for _ in 0..<readings { await broadcast.read() }
    }
}

import Analytics
import NIOHTTP1
import Schema
import Support
import Testing

/// Streams of live figures that end, are torn, or fall behind.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct RealtimeEndTests {
    /// A client that comes again with the place of its last message has each hit once.
    @Test func nothingIsDoubledOrLostOverAReconnect() async throws {
        try await CollectServer.with { shop in
            var random = SeededGenerator(seed: 7)
            var (sent, paths): ([String], [String]) = ([], [])
            var last: String?
            for round in 0..<6 {
                last = try await shop.stream(after: last) { stream in
                    for number in 0..<3 {
                        let new = (0..<Int.random(in: 1...70, using: &random)).map { "/\(round)-\(number)-\($0)" }
                        sent += new
                        #expect(try await shop.view(new).status == 200)
                        // Some connections are torn before their hits have come.
                        if Bool.random(using: &random) { _ = try await stream.next("counts", paths: &paths) }
                    }
                    return stream.lastID
                }
                let new = ["/\(round)-away"]
                sent += new
                #expect(try await shop.view(new).status == 200)
            }
            _ = try await shop.stream(after: last) { stream in
                while paths.count < sent.count, try await stream.next("counts", paths: &paths) != nil {}
            }
            #expect(paths.count == sent.count)
            #expect(paths.sorted() == sent.sorted())
        }
    }

    @Test func aPlaceOfAnotherServerIsNotKnown() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.view(["/a"]).status == 200)
            try await shop.stream(after: "1f-12") { stream in
                let first = try #require(try await stream.next())
                #expect(first.event == "behind")
                var paths: [String] = []
                _ = try await stream.next("counts", paths: &paths)
                #expect(paths == [])
                #expect(try await shop.view(["/b"]).status == 200)
                while paths.isEmpty { _ = try await stream.next("counts", paths: &paths) }
                #expect(paths == ["/b"])
            }
        }
    }

    /// The stream stays open while the database is away, says so, and then has what came meanwhile.
    @Test func anAbsenceOfTheDatabaseIsTold() async throws {
        try await CollectServer.with { shop in
            try await shop.stream { stream in
                var paths: [String] = []
                let before = try #require(try await stream.next("counts", paths: &paths))
                try await shop.database.breakConnections(allow: false)
                let message = try #require(try await stream.next("behind", paths: &paths))
                let gap = try message.decoded(LiveGap.self)
                #expect(gap.detail == "the database is away")
                #expect(try gap.since ?? "" >= before.decoded(LiveCounts.self).at)
                try await shop.database.breakConnections(allow: true)
                _ = try await stream.next("counts", paths: &paths)
                try await eventually { try await shop.view(["/a"]).status == 200 }
                while paths.isEmpty { _ = try await stream.next("counts", paths: &paths) }
                #expect(paths == ["/a"])
            }
        }
    }

    @Test func aRevokedKeyEndsTheStream() async throws {
        try await CollectServer.with { shop in
            try await shop.stream { stream in
                var paths: [String] = []
                _ = try await stream.next("counts", paths: &paths)
                try await shop.database.run("SELECT revoke_key(id) FROM access_key WHERE scope = 'read'")
                let end = try #require(try await stream.next("end", paths: &paths))
                #expect(end.data.contains("not valid any more"))
                #expect(try await stream.next() == nil)
            }
        }
    }

    /// All streams end with a message, within the time of a shutdown.
    @Test func theShutdownEndsAllStreams() async throws {
        try await withDatabase(.postgres) { database in
            let key = try await database.addKey(.read)
            let headers: HTTPHeaders = ["Authorization": "Bearer \(key)"]
            try await RunningServer.ending(database) { server, end in
                let port = server.port
                try await EventStream.with(port: port, "/api/v1/realtime", headers) { first in
                    try await EventStream.with(port: port, "/api/v1/realtime", headers) { second in
                        _ = try await first.next()
                        _ = try await second.next()
                        let metrics = try await server.ask(.GET, "/metrics").body
                        #expect(metrics.contains("hourglass_realtime_streams 2"))
                        try await end()
                        var paths: [String] = []
                        let last = try #require(try await first.next("end", paths: &paths))
                        #expect(last.data == #"{"detail":"the server is shutting down"}"#)
                        #expect(try await first.next() == nil)
                        #expect(try await second.next("end", paths: &paths) != nil)
                        #expect(try await second.next() == nil)
                    }
                }
            }
        }
    }
}

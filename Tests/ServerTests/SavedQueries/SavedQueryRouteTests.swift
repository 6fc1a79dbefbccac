import FoundationEssentials
import NIOHTTP1
import Support
import SystemPackage
import Testing

/// Questions in SQL over the API.
@Suite(.needsPostgres)
struct SavedQueryRouteTests {
    private static let dates = "site=shop&t0=2026-01-04&t1=2026-01-06"
    private static let history = """
        [{"user":"ann","timestamp":"2026-01-05T09:00:00Z","url":"https://shop.example/","title":"Shop"},
         {"user":"bob","timestamp":"2026-01-05T10:00:00Z","url":"https://shop.example/a","title":"=A"},
         {"user":"bob","timestamp":"2026-01-05T10:01:00Z","url":"https://shop.example/a","title":"=A"}]
        """
    private static let files = [
        "public/pages.sql": """
        -- Pages
        -- param least integer = 1
        SELECT path AS page, count(*) AS views, min(ts) AS first, NULL AS nothing, array_agg(1) AS list, true AS flag
          FROM hit WHERE ts >= :from AND ts < :to GROUP BY path HAVING count(*) >= :least ORDER BY path
        """,
        "private/titles.sql":
            "SELECT title, 1 AS x, 2 AS x FROM hit WHERE site_id = :site GROUP BY title ORDER BY title",
        "private/wrong.sql": "-- Wrong\nSELECT pth FROM hit",
        "public/divided.sql": "-- param by integer\nSELECT 1 / :by",
        "public/visits.sql": "SELECT 42 AS answer",
        "public/no name.sql": "SELECT 1", "public/note.txt": "x",
    ]

    private func withShop(_ body: @Sendable (CollectServer, FilePath) async throws -> Void) async throws {
        try await withScratch { folder in
            for (name, text) in Self.files {
                let path = URL(filePath: folder.appending(name).string)
                try FileManager.default.createDirectory(
                    at: path.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: path)
            }
            try await CollectServer.with(queries: folder) { shop in
                let stored = try await shop.post(Self.history, key: shop.trusted)
                #expect(stored.status == 200 && stored.body.contains(#""rejected":0"#), "\(stored.body)")
                try await eventually { try await shop.ask("/api/private?site=shop").body.contains("wrong") }
                try await body(shop, folder)
            }
        }
    }

    @Test func aFileIsAskedInEachForm() async throws {
        try await withShop { shop, _ in
            let json = try await shop.ask("/api/public/pages?\(Self.dates)")
            #expect(
                json.body == #"{"columns":["page","views","first","nothing","list","flag"],"data":["#
                    + #"["/",1,"2026-01-05T09:00:00Z",null,[1],true],["/a",2,"2026-01-05T10:00:00Z",null,[1,1],true]],"#
                    + #""truncated":false}"#
            )
            #expect(json["Server-Timing"]?.hasPrefix("db;dur=") == true)
            let csv = try await shop.ask("/api/public/pages?\(Self.dates)&least=2&format=csv")
            #expect(csv.body == "page,views,first,nothing,list,flag\r\n/a,2,2026-01-05T10:00:00Z,,\"[1,1]\",true\r\n")
            let lines = try await shop.ask("/api/private/titles?site=shop&format=ndjson")
            #expect(lines.body == #"{"title":"=A","x":1,"x_2":2}"# + "\n" + #"{"title":"Shop","x":1,"x_2":2}"# + "\n")
        }
    }

    @Test func theListTellsWhatThereIs() async throws {
        try await withShop { shop, _ in
            let open = try await shop.ask("/api/public?site=shop").body
            #expect(
                open.contains(
                    #"{"name":"pages","title":"Pages","parameters":[{"name":"least","type":"integer","default":"1"}]}"#
                )
            )
            #expect(open.contains(#""name":"entry-pages""#) && !open.contains("no name") && !open.contains("note"))
            let closed = try await shop.ask("/api/private?site=shop").body
            #expect(
                closed.contains(
                    #"{"name":"wrong","title":"Wrong","parameters":[],"error":{"message":"column \"pth\" does not exist","#
                )
            )
            #expect(closed.contains(#""position":17"#))
        }
    }

    /// A mistake is told with its place to those who see hits, and a wrong value with the name of its parameter.
    @Test func refusalsSayWhy() async throws {
        try await withShop { shop, _ in
            let wrong = try await shop.ask("/api/private/wrong?site=shop")
            #expect(wrong.status == 422 && wrong.body.contains(#""position":17"#), "\(wrong.body)")
            let divided = try await shop.ask("/api/public/divided?site=shop&by=0")
            #expect(divided.status == 422 && !divided.body.contains("division"), "\(divided.body)")
            for (query, field) in [("by=x", "by"), ("", "by"), ("by=1&other=2", "other"), ("by=1&days=0", "days")] {
                let refused = try await shop.ask("/api/public/divided?site=shop&\(query)")
                #expect(refused.status == 400 && refused.body.contains(#""field":"\#(field)""#), "\(refused.body)")
            }
            #expect(try await shop.ask("/api/public/titles?site=shop").status == 404)
            #expect(try await shop.ask("/api/public/none?site=shop").status == 404)
        }
    }

    /// A file takes the place of a question that comes with the program, and comes and goes while the server runs.
    @Test func theFolderIsFollowed() async throws {
        try await withShop { shop, folder in
            #expect(try await shop.ask("/api/public/visits?site=shop").body.contains(#""data":[[42]]"#))
            let path = folder.appending("public/visits.sql").string
            try Data("SELECT 43 AS answer".utf8).write(to: URL(filePath: path))
            try await eventually { try await shop.ask("/api/public/visits?site=shop").body.contains("[[43]]") }
            try FileManager.default.removeItem(atPath: path)
            try await eventually { try await shop.ask("/api/public/visits?site=shop").body.contains(#""users""#) }
        }
    }

    @Test func whoMayNotSeeHitsAsksNothingPrivate() async throws {
        try await withShop { shop, _ in
            for target in ["/api/private/titles", "/api/private", "/api/public/pages"] {
                let answer = try await shop.server.ask(.GET, "\(target)?site=shop")
                #expect(answer.status == 401, "\(target)")
            }
        }
    }
}

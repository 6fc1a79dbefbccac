import Crypto
import Files
import Foundation
import NIOHTTP1
import Subprocess
import Support
import SystemPackage
import Testing

/// The command `geoip update` against a server in this process.
struct GeoIPUpdateTests {
    private static let date = "Wed, 04 Feb 2026 23:00:00 GMT"
    private static let newer = GeoIPSample.builtAt + 1_000
    /// What must appear nowhere.
    private static let secrets = ["geheim-token", "geheim-key"]

    private let requests = CollectingLog()

    /// Runs the command on a directory, with other variables of the environment; expects no secret in its output.
    private func update(
        _ directory: FilePath,
        _ url: String?,
        _ arguments: [String] = [],
        _ variables: [String] = []
    ) async throws -> (isDone: Bool, output: String) {
        let all = variables + (url.map { ["HOURGLASS_GEOIP_URL=\($0)"] } ?? [])
        let ended = try await HourglassProcess.run(
            ["geoip", "update", "--data-dir", directory.string] + arguments,
            prefix: all
        )
        for secret in Self.secrets { #expect(!ended.output.contains(secret), "\(ended.output)") }
        return (ended.status == .exited(0), ended.output)
    }

    /// Runs a server that has files, with `Last-Modified`, and answers 304 if it is asked for what is newer.
    private func serving<R: Sendable>(
        _ files: [String: [UInt8]],
        _ body: (_ url: String) async throws -> R
    ) async throws -> R {
        try await StubServer.with { [requests] request in
            let since = request.headers.first(name: "If-Modified-Since")
            let user = request.headers.first(name: "Authorization")
            requests.add("\(request.uri) since: \(since ?? "-") as: \(user ?? "-")")
            guard let file = files[request.uri] else { return StubServer.Answer(.notFound, body: Array("no".utf8)) }
            guard since != Self.date else { return StubServer.Answer(.notModified) }
            return StubServer.Answer(.ok, ["Last-Modified": Self.date], body: file)
        } _: { server in
            try await body("http://127.0.0.1:\(server.port)")
        }
    }

    private func output(_ command: String) async throws -> [UInt8] {
        let result = try await Subprocess.run(.name("sh"), arguments: ["-c", command], output: .bytes(limit: 1 << 24))
        try #require(result.terminationStatus.isSuccess)
        return result.standardOutput
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }

    @Test func aNewerDatabaseReplacesTheOld() async throws {
        let new = try GeoIPSample.bytes(builtAt: Self.newer)
        try await GeoIPSample.withDirectory { directory in
            try await serving(["/a.mmdb": new]) { url in
                let done = try await update(directory, "\(url)/a.mmdb")
                #expect(done.isDone)
                let times = "from GeoIP2-City of 2026-02-04T22:49:29Z to GeoIP2-City of 2026-02-04T23:06:09Z"
                #expect(done.output == "updated \(directory)/geoip.mmdb, \(times)\n")
                #expect(GeoIPSample.contents(of: directory) == new)
                let names = try FileManager.default.contentsOfDirectory(atPath: directory.string).sorted()
                #expect(names == ["geoip.mmdb", "geoip.mmdb.update"])
                let status = try FileManager.default.attributesOfItem(atPath: "\(directory)/geoip.mmdb")
                #expect(status[.posixPermissions] as? Int == 0o644)
            }
        }
    }

    /// The second time the server is asked for what is newer, unless another file is in place or another server is asked.
    @Test func whatHasNotChangedIsNotDownloaded() async throws {
        let new = try GeoIPSample.bytes(builtAt: Self.newer)
        try await GeoIPSample.withDirectory { directory in
            try await serving(["/a.mmdb": new, "/b.mmdb": new]) { url in
                for _ in 0..<2 { #expect(try await update(directory, "\(url)/a.mmdb").isDone) }
                #expect(requests.entries == ["/a.mmdb since: - as: -", "/a.mmdb since: \(Self.date) as: -"])
                let again = try await update(directory, "\(url)/a.mmdb", ["--json"])
                #expect(again.output.contains(#""updated":false,"type":"GeoIP2-City","built":"2026-02-04T23:06:09Z""#))
                #expect(try await update(directory, "\(url)/b.mmdb").output.hasPrefix("up to date: "))
                #expect(requests.entries.last == "/b.mmdb since: - as: -")
                #expect(try await update(directory, "\(url)/b.mmdb", ["--force"]).output.hasPrefix("updated "))
                #expect(requests.entries.last == "/b.mmdb since: - as: -")
                try Data(GeoIPSample.bytes()).write(to: URL(filePath: "\(directory)/geoip.mmdb"))
                #expect(try await update(directory, "\(url)/b.mmdb").output.hasPrefix("updated "))
                #expect(requests.entries.last == "/b.mmdb since: - as: -")
                #expect(GeoIPSample.contents(of: directory) == new)
            }
        }
    }

    @Test func everyFormIsTaken() async throws {
        let new = try GeoIPSample.bytes(builtAt: Self.newer)
        try await GeoIPSample.withDirectory { directory in
            let source = "\(directory)/City_20260204"
            try FileManager.default.createDirectory(atPath: source, withIntermediateDirectories: false)
            try Data(new).write(to: URL(filePath: "\(source)/City.mmdb"))
            try Data("text".utf8).write(to: URL(filePath: "\(source)/LICENSE.txt"))
            let files = [
                "/a.mmdb.gz": try await output("gzip -c '\(source)/City.mmdb'"),
                "/a.tar.gz": try await output("tar -cz -C '\(directory)' City_20260204"),
            ]
            try await serving(files) { url in
                for name in files.keys {
                    try FileManager.default.removeItem(atPath: "\(directory)/geoip.mmdb")
                    let done = try await update(directory, url + name)
                    #expect(done.output.hasPrefix("added "), "\(done.output)")
                    #expect(GeoIPSample.contents(of: directory) == new)
                }
            }
        }
    }

    @Test func ifAnythingIsWrongTheOldOneStays() async throws {
        let old = try GeoIPSample.bytes()
        let new = try GeoIPSample.bytes(builtAt: Self.newer)
        let torn = Array(try await output("gzip -c '\(#filePath)'").prefix(100))
        let files: [String: [UInt8]] = [
            "/html": Array("<html>Sign in</html>".utf8), "/half": Array(new.prefix(20_000)), "/empty": [],
            "/torn": torn, "/text.gz": try await output("gzip -c '\(#filePath)'"), "/new": new,
            "/older": try GeoIPSample.bytes(builtAt: GeoIPSample.builtAt - 1),
        ]
        let wrong = String(repeating: "0", count: 64)
        try await GeoIPSample.withDirectory { directory in
            try await serving(files) { url in
                for (name, arguments, reason) in [
                    ("/none", [], "the download from 127.0.0.1:"), ("/none", [], "failed: HTTP status 404"),
                    ("/html", [], "the download cannot be used: it is no MaxMind DB file"),
                    ("/half", [], "cannot be used"), ("/text.gz", [], "cannot be used"),
                    ("/torn", [], "the download is not complete"), ("/empty", [], "the download is not complete"),
                    ("/older", [], "the download is older than the present database"),
                    ("/new", ["--sha256", wrong], "has the checksum \(hexadecimal(new)), not \(wrong)"),
                    ("/new", ["--sha256", "12"], "'12' is invalid"),
                ] {
                    let failed = try await update(directory, url + name, arguments)
                    #expect(!failed.isDone)
                    #expect(failed.output.contains(reason), "\(failed.output)")
                    #expect(GeoIPSample.contents(of: directory) == old)
                    #expect(!FileManager.default.fileExists(atPath: "\(directory)/geoip.mmdb.part"))
                }
                #expect(try await update(directory, "\(url)/new", ["--sha256", hexadecimal(new)]).isDone)
                #expect(try await update(directory, "\(url)/older", ["--force"]).output.hasPrefix("updated "))
            }
        }
    }

    /// A connection that breaks off, a port without a server, and redirections to files and for ever.
    @Test func failuresOfTheTransferAreTold() async throws {
        let old = try GeoIPSample.bytes()
        try await GeoIPSample.withDirectory { directory in
            try await StubServer.with { request in
                switch request.uri {
                case "/short": StubServer.Answer(.ok, ["Content-Length": "9999"], body: Array(old.prefix(5_000)))
                case "/file": StubServer.Answer(.found, ["Location": "file://\(directory)/geoip.mmdb"])
                default: StubServer.Answer(.found, ["Location": "/again"])
                }
            } _: { server in
                let url = "http://127.0.0.1:\(server.port)"
                for (url, reason) in [
                    ("\(url)/short", "it broke off"), ("\(url)/file", "a protocol that is not allowed"),
                    ("\(url)/again", "redirected too often"), ("http://127.0.0.1:1/", "no connection"),
                    ("http://nowhere.invalid/", "the download from nowhere.invalid failed: the host is not known"),
                ] {
                    let failed = try await update(directory, url)
                    #expect(!failed.isDone)
                    #expect(failed.output.contains(reason), "\(failed.output)")
                    #expect(GeoIPSample.contents(of: directory) == old)
                }
            }
        }
    }

    /// The form of MaxMind's URLs: with an account, and with the checksum beside the archive.
    @Test func anAccountGetsTheChecksumToo() async throws {
        let new = try GeoIPSample.bytes(builtAt: Self.newer)
        let account = ["HOURGLASS_GEOIP_ACCOUNT=4711", "HOURGLASS_GEOIP_LICENSE_KEY=geheim-key"]
        let user = "Basic " + Data("4711:geheim-key".utf8).base64EncodedString()
        let path = "/download?suffix=tar.gz"
        for (sum, isRight) in [
            ("\(hexadecimal(new))  City.tar.gz\n", true), ("\(hexadecimal([1]))  City.tar.gz\n", false),
            ("none", false),
            (nil, false),
        ] {
            try await GeoIPSample.withDirectory { directory in
                var files = [path: new]
                files[path + ".sha256"] = sum.map { Array($0.utf8) }
                try await serving(files) { url in
                    let done = try await update(directory, url + path, [], account)
                    #expect(done.isDone == isRight, "\(done.output)")
                    let last = requests.entries.suffix(2)
                    #expect(last == ["\(path) since: - as: \(user)", "\(path).sha256 since: - as: \(user)"])
                    #expect((GeoIPSample.contents(of: directory) == new) == isRight)
                }
            }
        }
    }

    /// The arguments of curl are seen by everybody.
    @Test func secretsAreNotInArguments() async throws {
        let new = try GeoIPSample.bytes(builtAt: Self.newer)
        try await GeoIPSample.withDirectory { directory in
            let script = "#!/bin/sh\nprintf '%s\\n' \"$@\" >>'\(directory)/arguments'\nexec /usr/bin/curl \"$@\"\n"
            try Data(script.utf8).write(to: URL(filePath: "\(directory)/curl"))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(directory)/curl")
            let variables = [
                "PATH=\(directory):/usr/bin:/bin", "HOURGLASS_GEOIP_ACCOUNT=me",
                "HOURGLASS_GEOIP_LICENSE_KEY=geheim-key",
            ]
            try await serving(["/a?token=geheim-token%22%5C": new]) { url in
                let done = try await update(directory, "\(url)/a?token=geheim-token%22%5C", [], variables)
                #expect(done.isDone, "\(done.output)")
                // What curl says of such URLs quotes a part of them.
                for wrong in [
                    "\(url)/b?token=geheim-token", "\(url):99999/geheim-token", "\(url)/\\\"geheim-token\" [",
                    "http://geheim-token:x@127.0.0.1:1/", "http://geheim-token@nowhere.invalid", "http:///geheim-token",
                ] {
                    let failed = try await update(directory, wrong, [], variables)
                    #expect(!failed.isDone)
                }
            }
            let arguments = try String(contentsOfFile: "\(directory)/arguments", encoding: .utf8)
            #expect(arguments.contains("--config"))
            for secret in Self.secrets + ["127.0.0.1"] { #expect(!arguments.contains(secret)) }
        }
    }

    @Test func whatIsMissingIsNamed() async throws {
        try await GeoIPSample.withDirectory { directory in
            let account = "HOURGLASS_GEOIP_ACCOUNT=1"
            for (url, variables, reason) in [
                (nil, [], "there is nowhere to download from"),
                (nil, [account], "HOURGLASS_GEOIP_LICENSE_KEY is missing"),
                ("http://x/", ["HOURGLASS_GEOIP_LICENSE_KEY=geheim-key"], "HOURGLASS_GEOIP_ACCOUNT is missing"),
                ("ftp://geheim-token/", [], "HOURGLASS_GEOIP_URL is no URL of http or https"),
                ("http://x/\u{1}", [], "control character"), ("http://x/", ["PATH=/nowhere"], "apt install curl"),
                ("http://x/", ["HOURGLASS_GEOIP_DATABASE=/nowhere/x"], "there is no directory /nowhere"),
                ("http://x/\(String(repeating: "x", count: 40_000))", [], "the URL is too long"),
            ] as [(String?, [String], String)] {
                let failed = try await update(directory, url, [], variables)
                #expect(!failed.isDone)
                #expect(failed.output.contains(reason), "\(failed.output.prefix(500))")
            }
            let lock = try #require(try FileLock(directory.appending("geoip.mmdb.update")))
            #expect(try await update(directory, "http://127.0.0.1:1/").output.contains("another update is under way"))
            lock.unlock()
        }
    }
}

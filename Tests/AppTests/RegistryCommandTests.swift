import Foundation
import NIOHTTP1
import Support
import SystemPackage
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The commands `site`, `key`, `goal` and `jobs` on the embedded database, as users run them.
@Suite(.needsPostgres, .serialized)
struct RegistryCommandTests {
    private struct Added: Decodable {
        let id: Int
        let key: String
    }

    /// Runs a command on a data directory; returns its output if it succeeds.
    private func run(_ arguments: String..., in directory: FilePath) async throws -> String {
        let ended = try await HourglassProcess.run(arguments + ["--data-dir", directory.string])
        #expect(ended.status == .exited(0), "\(arguments) \(ended.output)")
        return ended.output
    }

    private func addKey(_ scope: String, in directory: FilePath) async throws -> Added {
        let text = try await run("key", "add", "shop", "--scope", scope, "--json", in: directory)
        return try JSONDecoder().decode(Added.self, from: Data(text.utf8))
    }

    @Test func sitesAreManagedWithoutAServer() async throws {
        try await withDataDirectory { directory in
            let added = try await run("site", "add", "example.com", "--timezone", "Europe/Berlin", in: directory)
            #expect(added == "added site example.com, id 2\n")
            #expect(
                try await run("site", "list", in: directory).contains("example.com  2   Europe/Berlin  example.com")
            )
            _ = try await run(
                "site",
                "set",
                "example.com",
                "late_hours=48",
                "query=q,page",
                "--any-host",
                in: directory
            )
            let shown = try await run("site", "show", "example.com", "--json", in: directory)
            #expect(shown.contains(#""late_hours":48"#) && shown.contains(#""query":["q","page"]"#), "\(shown)")
            #expect(shown.contains(#""hostnames":[]"#))
            _ = try await run("site", "set", "example.com", "late_hours=", "origins=https://a.example", in: directory)
            #expect(
                try await run("site", "show", "example.com", in: directory).contains(
                    "origins         https://a.example"
                )
            )
            #expect(try await run("site", "show", "example.com", "--json", in: directory).contains(#""late_hours":24"#))
            _ = try await run("site", "rename", "example.com", "new.example", in: directory)
            #expect(try await run("site", "show", "example.com", in: directory).contains("new.example"))
            _ = try await run("organisation", "add", "other", in: directory)
            let old = "6f0a1f0e9d534f6c8a3c6b9a3c1d7e42"
            let add = ["key", "add", "new.example", "--scope", "write", "--text"]
            let printed = try await run("key", "add", "new.example", "--scope", "write", "--text", old, in: directory)
            #expect(printed == old + "\n")
            for (arguments, reason) in [
                (add + [old], "this text is a key already"), (add + ["hgr_" + old], "or begins like another key"),
                (add + ["0123456789abcde"], "--text is not 16 to 64"),
                (["key", "add", "new.example", "--scope", "read", "--text", old], "--text is for write keys"),
                (["site", "add", "new.example"], "there is a site new.example already"),
                (["site", "add", "example.com", "--organisation", "other"], "which had it before"),
                (["site", "add", "x.de", "--timezone", "Mars/X"], "no time zone Mars/X"),
                (["site", "add", "x.de", "open=maybe"], "open is not true or false"),
                (["site", "add", "x.de", "origins=example.com"], "origins is not a list"),
                (["site", "add", "x.de", "origins=*"], "origins=* goes with public=true only"),
                (["site", "add", "X.de"], "The value 'X.de' is invalid"),
                (["site", "set", "nobody"], "there is no site nobody"),
                (["site", "rename", "default", "x"], "keeps its name"),
                (["site", "remove", "new.example"], "say --yes"), (["key", "revoke", "77"], "there is no key 77"),
            ] {
                let ended = try await HourglassProcess.run(arguments + ["--data-dir", directory.string])
                #expect(ended.status != .exited(0))
                #expect(ended.output.contains(reason), "\(ended.output)")
            }
            _ = try await run("site", "remove", "new.example", "--yes", in: directory)
            #expect(!(try await run("site", "list", in: directory)).contains("new.example"))
            #expect(try await run("jobs", in: directory).contains("remove site"))
            expectStopped(directory)
        }
    }

    @Test func goalsAreManagedWithoutAServer() async throws {
        try await withDataDirectory { directory in
            _ = try await run("site", "add", "shop", "pages=/user/*,/blog/*/comments", in: directory)
            let pages = #""pages":["/user/*","/blog/*/comments"]"#
            #expect(try await run("site", "show", "shop", "--json", in: directory).contains(pages))
            let added = try await run("goal", "add", "shop", "--event", "Signup", in: directory)
            #expect(added == "added goal Signup, id 1\n")
            let post = ["goal", "add", "shop", "--page", "/blog/**", "--scroll", "50", "--display", "Any post"]
            let paid = ["--property", "plan=pro", "--property", "a=b=c", "--currency", "EUR", "--json"]
            let ended = try await HourglassProcess.run(post + paid + ["--data-dir", directory.string])
            let json =
                #"{"id":2,"name":"Any post","page":"/blog/**","scroll":50,"display":"Any post","#
                + #""properties":{"a":"b=c","plan":"pro"},"currency":"EUR"}"#
            #expect(ended.output == json + "\n")
            _ = try await run("goal", "add", "shop", "--page", "/a", "--display", "1", in: directory)
            let listed = try await run("goal", "list", "shop", in: directory)
            #expect(listed.contains("2   Any post  50 % of /blog/**  a=b=c plan=pro  EUR"), "\(listed)")
            let lines = try await run("goal", "list", "shop", "--json", in: directory).split(separator: "\n")
            #expect(lines.count == 3)
            #expect(lines.dropFirst().first.map(String.init) == json)
            for (arguments, reason) in [
                (["goal", "add", "shop", "--event", "Signup"], "the site has a goal Signup already"),
                (["goal", "add", "nobody", "--event", "a"], "there is no site nobody"),
                (["goal", "add", "shop"], "a goal is an event or a page"),
                (["goal", "add", "shop", "--event", "a", "--scroll", "5"], "scroll: given without a page"),
                (["goal", "add", "shop", "--page", "a"], "page: not a pattern of paths"),
                (["goal", "add", "shop", "--event", "a", "--property", "plan"], "'plan' is not NAME=VALUE"),
                (
                    ["goal", "add", "shop", "--event", "a", "--property", "a=1", "--property", "a=2"],
                    "the property a is given twice"
                ),
                (["goal", "list", "nobody"], "there is no site nobody"),
                (["goal", "remove", "shop", "77"], "the site has no goal 77"),
                (["site", "set", "shop", "pages=user"], "'user' of pages is not a pattern of paths"),
            ] {
                let ended = try await HourglassProcess.run(arguments + ["--data-dir", directory.string])
                #expect(ended.status != .exited(0))
                #expect(ended.output.contains(reason), "\(ended.output)")
            }
            // A name comes before the id of another goal.
            #expect(try await run("goal", "remove", "shop", "1", in: directory) == "removed goal 1\n")
            #expect(try await run("goal", "remove", "shop", "1", in: directory) == "removed goal Signup\n")
            let removed = try await run("goal", "remove", "shop", "Any post", "--json", in: directory)
            #expect(removed == #"{"id":2,"name":"Any post"}"# + "\n")
            #expect(try await run("goal", "list", "shop", "--json", in: directory) == "")
            expectStopped(directory)
        }
    }

    @Test func segmentsAndNotesAreManagedWithoutAServer() async throws {
        try await withDataDirectory { directory in
            _ = try await run("site", "add", "shop", in: directory)
            let added = try await run("segment", "add", "shop", "DACH", "--filter", "country==DE,AT", in: directory)
            #expect(added == "added segment DACH, id 1\n")
            let filters = #"[["or",[["is","event:page",["/"]],["contains","visit:source",["x"]]]]]"#
            let second = try await run("segment", "add", "shop", "1", "--filters", filters, "--json", in: directory)
            #expect(second == #"{"id":2,"name":"1","type":"site","filters":\#(filters)}"# + "\n")
            let listed = try await run("segment", "list", "shop", in: directory)
            #expect(listed.contains(#"1   DACH  [["is", "visit:country", ["DE", "AT"]]]"#), "\(listed)")
            #expect(try await run("segment", "remove", "shop", "1", in: directory) == "removed segment 1\n")
            let removed = try await run("segment", "remove", "shop", "1", "--json", in: directory)
            #expect(removed == #"{"id":1,"name":"DACH"}"# + "\n")
            let note = try await run("note", "add", "shop", "2026-01-05", "Version 2", in: directory)
            #expect(note == "added note 1 on 2026-01-05\n")
            let notes = try await run("note", "list", "shop", "--json", in: directory)
            #expect(notes == #"{"id":1,"date":"2026-01-05","text":"Version 2"}"# + "\n")
            #expect(try await run("note", "remove", "shop", "1", in: directory) == "removed note 1\n")
            for (arguments, reason) in [
                (["segment", "add", "shop", "a"], "either --filter or --filters is needed"),
                (["segment", "add", "shop", "a", "--filter", "planet==x"], "--filter: there is no field 'planet'"),
                (["segment", "add", "shop", "a", "--filters", "x"], "--filters: not a JSON array"),
                (["segment", "add", "shop", "a", "--filters", #"[["segment",[1]]]"#], "cannot name segments"),
                (["segment", "add", "shop", "a", "--filter", "goal==x"], "a goal may be removed"),
                (["segment", "add", "shop", "", "--filter", "country==DE"], "the name is not 1 to 120 characters"),
                (["segment", "remove", "shop", "77"], "the site has no segment 77"),
                (["note", "add", "shop", "2026-02-30", "a"], "not a date such as 2026-11-26"),
                (["note", "add", "shop", "2026-01-05", ""], "not 1 to 500 characters"),
                (["note", "remove", "shop", "1"], "the site has no note 1"),
            ] {
                let ended = try await HourglassProcess.run(arguments + ["--data-dir", directory.string])
                #expect(ended.status != .exited(0))
                #expect(ended.output.contains(reason), "\(ended.output)")
            }
            expectStopped(directory)
        }
    }

    @Test func theLinesForPagesAreThoseOfTheSite() async throws {
        struct Lines: Decodable {
            let tag: String
            let csp: String
            let noscript: String
            let curl: String
        }
        try await withDataDirectory { directory in
            _ = try await run("site", "add", "shop", "--hostname", "*.shop.example", in: directory)
            _ = try await run("site", "rename", "shop", "shop2", in: directory)
            let url = "https://stats.example.org/"
            let text = try await run("site", "snippet", "shop", "--url", url, "--json", in: directory)
            let lines = try JSONDecoder().decode(Lines.self, from: Data(text.utf8))
            #expect(lines.tag == #"<script async src="https://stats.example.org/t.js" data-site="shop2"></script>"#)
            #expect(lines.csp.contains("connect-src https://stats.example.org;"))
            #expect(lines.noscript.contains("/pixel.gif?site=shop2&amp;url=https%3A%2F%2Fwww.shop.example%2F"))
            #expect(lines.curl.contains("https://stats.example.org/api/v1/events"))
            let plain = try await run("site", "snippet", "default", in: directory)
            #expect(plain.contains(#"src="http://127.0.0.1:8080/t.js" data-site="default""#))
            for (arguments, reason) in [
                (["nobody"], "there is no site nobody"), (["shop2", "--url", "stats.example.org"], "--url is no"),
            ] {
                let all = ["site", "snippet"] + arguments + ["--data-dir", directory.string]
                let ended = try await HourglassProcess.run(all)
                #expect(ended.status != .exited(0))
                #expect(ended.output.contains(reason), "\(ended.output)")
            }
        }
    }

    /// Keys work at once on a server that runs, and stop working when `key revoke` returns.
    @Test func keysAreManagedWhileAServerRuns() async throws {
        try await withDataDirectory { directory in
            _ = try await HourglassProcess.with(["--data-dir", directory.string]) { server in
                _ = try await run("site", "add", "shop", in: directory)
                let key = try await addKey("server", in: directory)
                try await HTTPConversation.with(port: server.port) { conversation in
                    let headers: HTTPHeaders = [
                        "Authorization": "Bearer \(key.key)", "Content-Type": "application/json",
                    ]
                    #expect(try await conversation.ask(.POST, "/api/v1/events", headers, body: "{}").status == 204)
                    _ = try await run("key", "revoke", "\(key.id)", in: directory)
                    #expect(try await conversation.ask(.POST, "/api/v1/events", headers, body: "{}").status == 401)
                }
                let listed = try await run("key", "list", "shop", in: directory)
                #expect(listed.contains("revoked"))
                #expect(!listed.contains(key.key))
                _ = try await addKey("write", in: directory)
            }
            // The server has stopped PostgreSQL, and the command runs it for itself.
            #expect(try await run("key", "list", "shop", in: directory).contains("hgw_"))
            expectStopped(directory)
        }
    }

    /// A link works at once on a server that runs, and stops working when `share revoke` returns.
    @Test func shareLinksAreManagedWhileAServerRuns() async throws {
        struct Link: Decodable {
            let id: Int
            let share: String
        }
        try await withDataDirectory { directory in
            _ = try await HourglassProcess.with(["--data-dir", directory.string]) { server in
                _ = try await run("site", "add", "shop", in: directory)
                let added = try await run(
                    "share",
                    "add",
                    "shop",
                    "--label",
                    "press",
                    "--filter",
                    "country==DE,AT",
                    "--filter",
                    "page!@/intern",
                    "--json",
                    in: directory
                )
                let link = try JSONDecoder().decode(Link.self, from: Data(added.utf8))
                try await HTTPConversation.with(port: server.port) { conversation in
                    let target = "/api/v1/stats?site=shop&share=\(link.share)"
                    #expect(try await conversation.ask(.GET, target).status == 200)
                    _ = try await run("share", "revoke", "\(link.id)", in: directory)
                    #expect(try await conversation.ask(.GET, target).status == 401)
                }
                let listed = try await run("share", "list", "shop", "--json", in: directory)
                #expect(!listed.contains(link.share))
                #expect(
                    listed.contains(#""label":"press","filters":[["is", "visit:country", ["DE", "AT"]]"#),
                    "\(listed)"
                )
                #expect(listed.contains(#""revoked":"20"#))
                #expect(try await run("share", "list", "shop", in: directory).contains("press"))
                let plain = try await run("share", "add", "shop", in: directory)
                #expect(plain.hasPrefix("hgl_") && plain.count == 48)
            }
            for (arguments, reason) in [
                (["add", "shop", "--filter", "colour==red"], "--filter: there is no field 'colour'"),
                (["add", "shop", "--filter", "country==Germany"], "2-letter country code"),
                (["add", "nobody"], "there is no site nobody"), (["revoke", "77"], "there is no share link 77"),
                (["add", "shop", "--label", String(repeating: "x", count: 101)], "longer than 100"),
            ] {
                let ended = try await HourglassProcess.run(["share"] + arguments + ["--data-dir", directory.string])
                #expect(ended.status != .exited(0))
                #expect(ended.output.contains(reason), "\(ended.output)")
            }
        }
    }

    /// A password is read from the standard input alone; the list tells that there is one, and not its hash.
    @Test func shareLinksHavePasswords() async throws {
        try await withDataDirectory { directory in
            _ = try await run("site", "add", "shop", in: directory)
            let (good, bad) = ("correct horse battery", "short")
            func pipe(_ input: String, _ arguments: String...) async throws -> (isRight: Bool, output: String) {
                let script = "echo '\(input)' | \"$@\""
                let ended = try await HourglassProcess.run(
                    arguments + ["--data-dir", directory.string],
                    prefix: ["sh", "-c", script, "sh"]
                )
                return (ended.status == .exited(0), ended.output)
            }
            let added = try await pipe(good, "share", "add", "shop", "--with-password", "--json")
            #expect(added.isRight && added.output.contains(#""has_password":true"#), "\(added.output)")
            let refused = try await pipe(bad, "share", "add", "shop", "--with-password")
            #expect(!refused.isRight && refused.output.contains("a password has 10 to 200"), "\(refused.output)")
            let short = try await pipe(bad, "share", "password", "1")
            #expect(!short.isRight && short.output.contains("a password has 10 to 200"), "\(short.output)")
            let none = try await pipe("", "share", "password", "1")
            #expect(!none.isRight && none.output.contains("no password"), "\(none.output)")
            let listed = try await run("share", "list", "shop", "--json", in: directory)
            #expect(listed.contains(#""has_password":true"#) && !listed.contains("scrypt"), "\(listed)")
            let changed = try await pipe(good, "share", "password", "1")
            #expect(changed.isRight && changed.output == "share link 1 has this password\n", "\(changed.output)")
            let removed = try await run("share", "password", "1", "--remove", "--json", in: directory)
            #expect(removed == "{\"id\":1,\"has_password\":false}\n")
            #expect(try await run("share", "list", "shop", "--json", in: directory).contains(#""has_password":false"#))
        }
    }

    /// Commands wait for each other, for a server that starts, and let one that starts wait.
    @Test func commandsAndServersTakeTurns() async throws {
        try await withDataDirectory { directory in
            _ = try await run("site", "add", "first", in: directory)
            try await withThrowingTaskGroup { group in
                for name in ["a", "b", "c"] { group.addTask { _ = try await run("site", "add", name, in: directory) } }
                group.addTask {
                    _ = try await HourglassProcess.with(["--data-dir", directory.string]) { _ in
                        _ = try await run("site", "add", "while-serving", in: directory)
                    }
                }
                try await group.waitForAll()
            }
            let listed = try await run("site", "list", in: directory)
            for name in ["a", "b", "c", "first", "while-serving"] { #expect(listed.contains("\(name) ")) }
            expectStopped(directory)
        }
    }

    @Test func aKilledCommandLeavesNothingInTheWay() async throws {
        try await withDataDirectory { directory in
            let arguments = ["site", "list", "--data-dir", directory.string, "--log-level", "debug"]
            _ = try await HourglassProcess.run(arguments, at: "started PostgreSQL", sending: SIGKILL)
            #expect(try await run("site", "list", in: directory).contains("default"))
            expectStopped(directory)
        }
    }

    @Test func anotherUserIsToldWhoMay() async throws {
        guard geteuid() == 0 else { return }
        try await withDataDirectory { directory in
            _ = try await HourglassProcess.with(["--data-dir", directory.string]) { _ in
                let user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
                let ended = try await HourglassProcess.run(
                    ["site", "list", "--data-dir", directory.string],
                    prefix: user
                )
                #expect(ended.status != .exited(0))
                #expect(ended.output.contains("run this as"), "\(ended.output)")
            }
        }
    }
}

import Analytics
import NIOHTTP1
import Schema
import Server
import Support
import Testing

/// The pages of organisations: one more, its logo, and its end.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct OrganisationTests {
    /// The beginning of an image, with what ends a part in it.
    private static let image = "RIFF\u{8}\0\0\0WEBP\r\n--\r\n"

    @Test func operatorsAddAndOwnersRemoveThem() async throws {
        try await withServer { server in
            let (ada, bob) = (TestBrowser(server), TestBrowser(server))
            try await ada.logIn("ada")
            try await bob.logIn("bob")
            #expect(try await bob.send("/organisations", ["name": "own"]).status == 403)
            let refused = try await ada.send("/organisations", ["name": "Not a name", "title": "x"])
            #expect(refused.status == 400 && refused.body.contains(AccountName.form))
            let added = try await ada.send("/organisations", ["name": "northwind", "title": "North <Wind>"])
            #expect(added["Location"] == "/organisations/northwind?done=added")
            #expect(try await ada.send("/organisations", ["name": "northwind"]).status == 400)
            #expect(try await ada.open("/organisations").body.contains("North &lt;Wind&gt;"))
            #expect(try await !bob.open("/organisations").body.contains("northwind"))
            #expect(try await bob.open("/organisations/northwind").status == 404)

            let path = "/organisations/northwind"
            #expect(try await ada.send(path, ["action": "delete", "confirm": "other"]).status == 400)
            let deleted = try await ada.send(path, ["action": "delete", "confirm": "northwind"])
            #expect(deleted["Location"] == "/organisations?done=removed")
            #expect(try await ada.open(path).status == 404)
            let first = ["action": "delete", "confirm": "default"]
            #expect(try await ada.send("/organisations/default", first).status == 409)
        }
    }

    @Test func anImageIsItsLogo() async throws {
        try await withServer { server in
            let (ada, bob) = (TestBrowser(server), TestBrowser(server))
            try await ada.logIn("ada")
            try await bob.logIn("bob")
            let path = "/organisations/default"
            #expect(try await upload(Self.image, bob).status == 403)
            #expect(try await bob.open(path + "/logo").status == 404)
            for wrong in ["", "<svg onload=alert(1)>", Self.image + String(repeating: "x", count: 65_536)] {
                #expect(try await upload(wrong, ada).status == 400)
            }
            #expect(try await upload(Self.image, ada).status == 303)
            #expect(try await bob.open(path).body.contains("src=\"/organisations/default/logo\""))
            let logo = try await bob.open(path + "/logo")
            #expect(logo.status == 200)
            #expect(logo["Content-Type"] == "image/webp" && logo.body == Self.image)
            #expect(logo["Content-Security-Policy"] == "default-src 'none'; sandbox")
            #expect(try await ada.send(path, ["action": "remove_logo"]).status == 303)
            #expect(try await bob.open(path + "/logo").status == 404)
        }
    }

    /// Sends an image as a browser does.
    private func upload(_ image: String, _ browser: TestBrowser) async throws -> HTTPAnswer {
        let boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
        let body = """
            --\(boundary)\r\nContent-Disposition: form-data; name="action"\r\n\r\nlogo\r\n--\(boundary)\r\n\
            Content-Disposition: form-data; name="logo"; filename="a.webp"\r\nContent-Type: image/webp\r\n\r\n\
            \(image)\r\n--\(boundary)--\r\n
            """
        let headers: HTTPHeaders = [
            "Sec-Fetch-Site": "same-origin", "Content-Type": "multipart/form-data; boundary=\(boundary)",
        ]
        return try await browser.ask(.POST, "/organisations/default", headers, body: body)
    }

    private func withServer(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        try await withDatabase(.postgres) { database in
            try await database.addAccount("ada", .owner, isOperator: true)
            try await database.addAccount("bob", .admin)
            try await RunningServer.with(database, ServerSettings()) { try await body($0) }
        }
    }
}

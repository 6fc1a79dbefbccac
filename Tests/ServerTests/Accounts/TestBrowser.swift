import Analytics
import HTTP
import NIOHTTP1
import Postgres
import Registry
import Schema
import Server
import Store
import Support
import Testing

/// A browser that keeps the cookie of a login.
final class TestBrowser {
    let server: RunningServer
    private(set) var cookie: String?

    init(_ server: RunningServer, cookie: String? = nil) { (self.server, self.cookie) = (server, cookie) }

    /// Opens a page.
    func open(_ path: String) async throws -> HTTPAnswer { try await ask(.GET, path) }

    /// Sends a form, as a page of the server does.
    func send(_ path: String, _ form: [String: String], from site: String = "same-origin") async throws -> HTTPAnswer {
        let body = form.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
        return try await ask(
            .POST,
            path,
            ["Sec-Fetch-Site": site, "Content-Type": "application/x-www-form-urlencoded"],
            body: body
        )
    }

    /// Logs in by name and password.
    @discardableResult
    func logIn(_ name: String, _ password: String = password) async throws -> HTTPAnswer {
        try await send("/login", ["name": name, "password": password])
    }

    /// Sends a request with the cookie, and keeps the one that the answer sets.
    func ask(
        _ method: HTTPMethod,
        _ path: String,
        _ headers: HTTPHeaders = [:],
        body: String = ""
    ) async throws -> HTTPAnswer {
        var headers = headers
        if let cookie { headers.add(name: "Cookie", value: cookie) }
        let answer = try await server.ask(method, path, headers, body: body)
        if let set = answer["Set-Cookie"] {
            let pair = set.prefix { $0 != ";" }
            cookie = pair.hasSuffix("=") ? nil : String(pair)
        }
        return answer
    }

    /// Runs a server with the site `shop`, and a browser in which the admin `ada` is logged in.
    static func withAdmin(_ body: @Sendable (TestBrowser) async throws -> Void) async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("shop")
            try await database.addAccount("ada", .admin)
            try await RunningServer.with(database, ServerSettings()) { server in
                let admin = TestBrowser(server)
                try await admin.logIn("ada")
                try await body(admin)
            }
        }
    }

    /// The password of every account of a test.
    static let password = TestDatabase.cheapPassword

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_")
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + String(Int(byte) + 0x100, radix: 16).dropFirst()
        }.joined()
    }
}

extension UInt8 {
    fileprivate var isASCIIAlphanumeric: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}

extension TestDatabase {
    /// Uses the accounts of the database, as a command does.
    func withAccounts<R: Sendable>(_ body: (Accounts) async throws -> R) async throws -> R {
        let pool = Pool(url: url, setup: RegistryEditor.setup, size: 1)
        defer { pool.close() }
        return try await body(Accounts(pool: pool))
    }

    /// Adds an account with the password of tests.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - role: Its role in the organisation `default`; nil for none.
    ///   - isOperator: True for an operator.
    /// - Throws: The error of the database.
    func addAccount(_ name: String, _ role: Role? = nil, isOperator: Bool = false) async throws {
        try await run("SELECT add_account('\(name)', '', '', '\(Self.cheapHash)', \(isOperator))")
        if let role { try await run("SELECT set_member('default', '\(name)', '\(role.rawValue)')") }
    }
}

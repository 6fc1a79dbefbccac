import Foundation
import HTTP
import Postgres
import Server
import Support
import SystemPackage
import Testing

@testable import Assembly

/// Settings from flags, the environment, `.env` and files of secrets.
struct ConfiguredTests {
    @Test func theFirstThatIsSetCounts() async throws {
        try await withFile("HOURGLASS_HOST=file\nHOURGLASS_PORT=1\nPORT=2\nHOURGLASS_QUEUE=3") { file in
            let environment = ["PORT": "4", "HOURGLASS_HOST": "", "HOURGLASS_QUEUE": "5"]
            let configured = try Configured(flags: [.queue: "6"], environment: environment, file: file)
            #expect(configured.value(.host).text == "file")
            #expect(configured.value(.host).source == "HOURGLASS_HOST in \(file)")
            #expect(configured.value(.port).text == "4")
            #expect(configured.value(.port).source == "PORT")
            #expect(configured.value(.queue).text == "6")
            #expect(configured.value(.queue).source == "--queue")
            #expect(configured.value(.writers).source == "default")
        }
    }

    @Test func aMistakeInTheFileNamesItAndNothingElse() async throws {
        try await withFile("HOURGLASS_DATABASE_URL='postgres://me:geheim@db/x\nPORT=1") { file in
            let error = try failure(file: file)
            #expect(error == "\(file), line 1 (HOURGLASS_DATABASE_URL): the quote is not closed")
        }
    }

    @Test func aFileThatIsThereMustBeReadable() async throws {
        try await withFile("") { file in
            let directory = file.removingLastComponent()
            #expect(try failure(file: directory) == "\(directory): Is a directory")
            #expect(try failure(file: "/proc/self/mem") == "/proc/self/mem: Input/output error")
            let link = directory.appending("link")
            try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "nowhere")
            #expect(try failure(file: link) == "\(link): No such file or directory")
            #expect(try failure(file: "/dev/zero").contains("is larger than"))
            for path in [FilePath("/dev/null"), directory.appending("none")] {
                #expect(try Configured(environment: [:], file: path).value(.port).source == "default")
            }
        }
    }

    @Test(arguments: ["geheim", "geheim\n", "geheim\r\n"])
    func aSecretMayBeInAFile(text: String) async throws {
        try await withFile(text) { path in
            let variables = [
                "DATABASE_URL": "postgres://me@db/x", "HOURGLASS_DATABASE_PASSWORD_FILE": path.string,
            ]
            let configured = try Configured(environment: variables, file: nowhere)
            #expect(configured.value(.databasePassword).text == "geheim")
            #expect(configured.value(.databasePassword).source == "HOURGLASS_DATABASE_PASSWORD_FILE")
            let database = try #require(try Settings(configured).database)
            #expect(database.string == "user=me dbname=x host=db password=geheim")
        }
    }

    /// A variable of the environment counts more, and a line of `.env` less.
    @Test func aSecretMayBeACredential() async throws {
        try await withFile("HOURGLASS_DATABASE_PASSWORD=other") { file in
            let directory = file.removingLastComponent()
            let path = directory.appending("database-password").string
            var variables = ["CREDENTIALS_DIRECTORY": directory.string, "DATABASE_URL": "host=db"]
            #expect(try Configured(environment: variables, file: file).value(.databasePassword).text == "other")
            try Data("geheim\n".utf8).write(to: URL(filePath: path))
            let configured = try Configured(environment: variables, file: file)
            #expect(configured.value(.databasePassword).text == "geheim")
            #expect(configured.value(.databasePassword).source == "credential database-password")
            variables["HOURGLASS_DATABASE_PASSWORD"] = "mine"
            #expect(try Configured(environment: variables, file: file).value(.databasePassword).text == "mine")
            try Data().write(to: URL(filePath: path))
            variables["HOURGLASS_DATABASE_PASSWORD"] = nil
            #expect(try failure(variables) == "credential database-password: the file \(path) is empty")
        }
    }

    @Test(arguments: ["HOURGLASS_DATABASE_URL", "DATABASE_URL"])
    func theWholeURLMayBeInAFile(name: String) async throws {
        try await withFile("postgres://me:geheim@db/x\n") { path in
            let configured = try Configured(environment: ["\(name)_FILE": path.string], file: nowhere)
            #expect(try Settings(configured).database?.string == "user=me password=geheim dbname=x host=db")
        }
    }

    @Test func ofTwoThatSayTheSameOneIsTooMany() async throws {
        try await withFile("geheim") { path in
            for name in ["HOURGLASS_DATABASE_URL", "DATABASE_URL", "HOURGLASS_DATABASE_PASSWORD"] {
                let error = try failure(["\(name)": "geheim", "\(name)_FILE": path.string])
                #expect(error == "\(name) and \(name)_FILE are both set: remove one of them")
            }
            let both = ["DATABASE_URL": "host=db password=geheim", "HOURGLASS_DATABASE_PASSWORD_FILE": path.string]
            let reason = "DATABASE_URL contains a password and HOURGLASS_DATABASE_PASSWORD_FILE is set"
            #expect(try failure(both) == "\(reason): remove one of them")
        }
    }

    @Test(arguments: [
        (nil as [UInt8]?, "does not exist"), ([], "is empty"), (Array("\n".utf8), "is empty"),
        ([0xFF, 0x61], "is not text in UTF-8"), (Array("ge\0heim".utf8), "is not text in UTF-8"),
    ])
    func aSecretThatCannotBeReadIsNamedByItsPath(content: [UInt8]?, reason: String) async throws {
        try await withFile("") { file in
            let path = file.removingLastComponent().appending("secret")
            if let content { try Data(content).write(to: URL(filePath: path.string)) }
            let error = try failure(["DATABASE_URL": "host=db", "HOURGLASS_DATABASE_PASSWORD_FILE": path.string])
            #expect(error == "HOURGLASS_DATABASE_PASSWORD_FILE: the file \(path) \(reason)")
        }
    }

    @Test func aSecretDirectoryIsNoSecret() throws {
        let error = try failure(["DATABASE_URL_FILE": "/tmp"])
        #expect(error == "DATABASE_URL_FILE: the file /tmp cannot be read: Is a directory")
    }

    @Test func aPasswordAloneLeadsNowhere() throws {
        let error = try failure(["HOURGLASS_DATABASE_PASSWORD": "geheim"])
        #expect(error.contains("HOURGLASS_DATABASE_PASSWORD is set, and no DATABASE_URL"))
    }

    @Test(arguments: ["geheim", "postgres://me:ge@heim@db/x", "host=db password=ge heim", "postgres://db:geheim"])
    func aURLThatDoesNotParseIsNotShown(url: String) throws {
        let error = try failure(["DATABASE_URL": url])
        #expect(!error.contains("heim"))
        #expect(error.hasPrefix("DATABASE_URL "))
    }

    @Test func aConnectionStringInTheWrongPlaceIsNotShown() throws {
        #expect(try failure(["HOURGLASS_QUEUE": "host=x password=geheim"]).hasPrefix("HOURGLASS_QUEUE: '***' is not"))
        #expect(try failure(["HOURGLASS_QUEUE": "many"]).hasPrefix("HOURGLASS_QUEUE: 'many' is not"))
    }

    /// Kubernetes sets these variables in every container beside services called `hourglass` and `port`.
    @Test func serviceLinksAreNoSettings() throws {
        let links = [
            "HOURGLASS_SERVICE_HOST": "10.0.0.1", "HOURGLASS_SERVICE_PORT": "80", "HOURGLASS_PORT": "tcp://10.0.0.1:80",
            "HOURGLASS_PORT_80_TCP": "tcp://10.0.0.1:80", "HOURGLASS_PORT_80_TCP_PROTO": "tcp",
            "HOURGLASS_PORT_80_TCP_PORT": "80", "HOURGLASS_PORT_80_TCP_ADDR": "10.0.0.1",
            "HOURGLASS_SERVICE_PORT_HTTP": "80",
        ]
        let configured = try Configured(environment: links, file: nowhere)
        #expect(configured.ignored == ["HOURGLASS_PORT"])
        #expect(try Settings(configured).server.http.port == 8080)
        let other = links.merging(["PORT": "9000"]) { $1 }
        #expect(try Settings(Configured(environment: other, file: nowhere)).server.http.port == 9000)
        let both = ["HOURGLASS_PORT": "udp://10.0.0.1:53", "PORT": "tcp://10.0.0.2:80"]
        #expect(try Settings(Configured(environment: both, file: nowhere)).ignored == ["HOURGLASS_PORT", "PORT"])
        let flags = try Configured(flags: [.port: "tcp://10.0.0.1:80"], environment: [:], file: nowhere)
        #expect(throws: Settings.Invalid.self) { try Settings(flags) }
    }

    private let nowhere: FilePath = "/nowhere/.env"

    /// The error message for invalid settings.
    private func failure(_ environment: [String: String] = [:], file: FilePath = "/nowhere/.env") throws -> String {
        do {
            _ = try Settings(Configured(environment: environment, file: file))
            Issue.record("the settings were taken")
            return ""
        } catch {
            #expect(!"\(error)".contains("heim"))
            return "\(error)"
        }
    }

    private func withFile(_ text: String, _ body: (FilePath) async throws -> Void) async throws {
        try await withScratch { directory in
            try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
            let file = directory.appending(".env")
            try Data(text.utf8).write(to: URL(filePath: file.string))
            try await body(file)
        }
    }
}

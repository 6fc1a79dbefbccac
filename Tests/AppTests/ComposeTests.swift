import Foundation
import Postgres
import Subprocess
import Support
import SystemPackage
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The scripts of docker-compose.yml, run here without Docker.
@Suite(.enabled(if: geteuid() == 0, "without root the secrets cannot be given to those who need them"))
struct ComposeTests {
    @Test func theFirstStartMakesSecretsAndTheNextKeepThem() async throws {
        try await withSecrets { secrets in
            #expect(try await secrets.start().isSuccess)
            let first = try secrets.all
            #expect(first.allSatisfy { $0?.wholeMatch(of: /[0-9a-f]{48}/) != nil })
            #expect(first[0] != first[1])
            #expect(try await secrets.start().isSuccess)
            #expect(try secrets.all == first)
            #expect(try secrets.modes == [0o440, 0o400])
            #expect(try secrets.groups == [10_001, 10_001])
            #expect(try secrets.owners.last == 10_001)
            #expect(secrets.files == ["administrator/password", "server/password"])
        }
    }

    @Test func whatWasSetBeforeIsKept() async throws {
        try await withSecrets { secrets in
            let variables = ["POSTGRES_PASSWORD": #"ge "$h'eim"#, "HOURGLASS_PASSWORD": ""]
            #expect(try await secrets.start(variables).isSuccess)
            let kept = try secrets.all
            #expect(kept[0] == #"ge "$h'eim"#)
            #expect(try await secrets.start().isSuccess)
            #expect(try await secrets.start(variables).isSuccess)
            let refused = try await secrets.start(["HOURGLASS_PASSWORD": "other-geheim"])
            #expect(!refused.isSuccess)
            #expect(refused.output.contains("HOURGLASS_PASSWORD is not the password that has been kept"))
            #expect(!refused.output.contains("geheim"))
            #expect(try secrets.all == kept)
        }
    }

    /// The script is killed in place of each of its programs: each secret is then complete or missing.
    @Test(arguments: ["head", "od", "tr", "chown", "chmod", "sync", "ln", "rm"], [0, 1])
    func aCrashLeavesAllOfASecretOrNothing(program: String, made: Int) async throws {
        try await withSecrets { secrets in
            if made == 1 {
                #expect(try await secrets.start().isSuccess)
                try FileManager.default.removeItem(atPath: secrets.folder.appending("server/password").string)
            }
            let before = try secrets.all
            #expect(try await !secrets.start(endingAt: program).isSuccess)
            let left = try secrets.all
            #expect(left.allSatisfy { $0 == nil || $0?.utf8.count == 48 })
            if made == 1 { #expect(left[0] == before[0]) }
            for (index, mode) in try secrets.modes.enumerated() where left[index] != nil {
                #expect(mode == [0o440, 0o400][index])
            }
            #expect(try await secrets.start().isSuccess)
            for (now, then) in zip(try secrets.all, left) {
                #expect(now?.utf8.count == 48)
                #expect(then == nil || now == then)
            }
            #expect(secrets.files == ["administrator/password", "server/password"])
        }
    }

    /// Secrets, login, migration and server, in the order of the services.
    @Test(.needsPostgres) func theServicesComeUpOneAfterTheOther() async throws {
        try await withSecrets { secrets in
            #expect(try await secrets.start().isSuccess)
            let passwords = try secrets.all.compactMap(\.self)
            let rules = secrets.folder.appending("hba")
            let lines = ["host postgres postgres 127.0.0.1/32 trust", "host all all 127.0.0.1/32 scram-sha-256"]
            try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: rules.string))
            try await OwnCluster.with(settings: ["hba_file = '\(rules)'"]) { cluster in
                try await cluster.run("ALTER ROLE postgres PASSWORD '\(passwords[0])'")
                try await cluster.run("CREATE DATABASE hourglass")
                let variables = [
                    "PGHOST": "127.0.0.1", "PGPORT": "\(cluster.port)", "PGUSER": "postgres", "PGDATABASE": "hourglass",
                ]
                for _ in 1...2 {
                    let login = try await secrets.run("login", variables)
                    #expect(login.isSuccess, "\(login.output)")
                }
                let migrated = try await HourglassProcess.run(
                    ["migrate", "--login", "hourglass"],
                    prefix: secrets.settings("administrator", of: "postgres", port: cluster.port)
                )
                #expect(migrated.status == .exited(0), "\(migrated.output)")
                var launch = HourglassProcess.Launch([])
                launch.prefix = secrets.settings("server", of: "hourglass", port: cluster.port)
                let served = try await HourglassProcess.with(launch) { $0.port }
                #expect(served.status == .exited(0))
                let wrong = try await secrets.run("login", variables, replacing: "administrator")
                #expect(!wrong.isSuccess)
            }
        }
    }

    private func withSecrets(_ body: (ComposeSecrets) async throws -> Void) async throws {
        let folder = FilePath("/tmp/hourglass-compose-\(UUID().uuidString.prefix(8))")
        // A leftover does no harm.
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        for name in ["administrator", "server"] {
            try FileManager.default.createDirectory(
                atPath: folder.appending(name).string,
                withIntermediateDirectories: true
            )
        }
        try await body(ComposeSecrets(folder: folder))
    }
}

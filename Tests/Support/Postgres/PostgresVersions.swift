package import Embedded
import Foundation
import Testing

/// The servers of PostgreSQL on this machine, by major version.
///
/// Debian packages one of them. `.ci/setup test` fetches others if it can, and `HOURGLASS_TEST_POSTGRES_BINS` names
/// further directories of programs, separated by colons.
package enum PostgresVersions {
    /// The versions supported by the migrations.
    package static let all = [15, 16, 17, 18]

    /// The programs of a version; cancels the test, shown as skipped in the report, if there are none.
    package static func require(_ major: Int) async throws -> PostgresBinaries {
        for directory in directories {
            guard let binaries = try await PostgresBinaries.find(in: directory), binaries.major == major else {
                continue
            }
            do {
                // The user of PostgreSQL may have no access to their directory.
                try await binaries.run("postgres", ["--version"])
                return binaries
            } catch {
                continue
            }
        }
        try Test.cancel("there is no PostgreSQL \(major) on this machine: name one in HOURGLASS_TEST_POSTGRES_BINS")
    }

    private static var directories: [String] {
        let named = ProcessInfo.processInfo.environment["HOURGLASS_TEST_POSTGRES_BINS"] ?? ""
        let debian = "/usr/lib/postgresql"
        // Without this directory there are no packages.
        let packaged = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        return named.split(separator: ":").map(String.init) + packaged.map { "\(debian)/\($0)/bin" } + fetched
    }

    /// The directories fetched by `.ci/setup`, beside the products of the build.
    private static var fetched: [String] {
        let build = "/.build/"
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path(percentEncoded: false)
        guard let range = own.firstRange(of: build) else { return [] }
        let base = own[..<range.upperBound] + "postgres"
        // Without this directory none were fetched.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: String(base))) ?? []
        return names.map { "\(base)/\($0)/bin" }
    }
}

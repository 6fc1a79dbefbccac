import FoundationEssentials
import Postgres
import Schema
import Support

/// The schema of the last program whose steps still held functions and views.
///
/// Its files are in `Schema12/`, and are not changed.
enum Schema12 {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Schema12")

    /// Does what the `hourglass migrate` of that program did.
    ///
    /// - Parameters:
    ///   - database: An empty database, or one that has its first steps.
    ///   - last: The step after which it is killed; nothing is done with 0.
    /// - Throws: A `PostgresError`, or an error of the file system.
    static func migrate(_ database: TestDatabase, through last: Int = 12) async throws {
        guard last > 0 else { return }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        try await Connection.with(database.url, setup: "SET search_path = hourglass, public") { connection in
            for name in names {
                let parts = name.dropLast(4).split(separator: ".")
                let title = parts[0].split(separator: "_")
                let number = Int(title[0]) ?? 0
                guard number <= last, parts.count == 1 || parts[1] == database.flavour.rawValue else { continue }
                let sql = String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
                try await connection.run("BEGIN; \(sql)")
                if number > 0 {
                    let compatible = number == 12 ? 11 : number
                    try await connection.run(
                        """
                        SET LOCAL ROLE hourglass_owner;
                        INSERT INTO schema_migration (number, name, flavour, checksum, compatible_with)
                        SELECT \(number), '\(title[1])', '\(database.flavour.rawValue)',
                               encode(sha256(convert_to($file$\(sql)$file$, 'UTF8')), 'hex'), \(compatible)
                        """
                    )
                }
                try await connection.run("COMMIT")
            }
        }
    }
}

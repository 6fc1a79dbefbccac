package import SystemPackage

extension EmbeddedPostgres {
    /// The reason that the embedded PostgreSQL cannot be used.
    package enum Failure: Error, CustomStringConvertible {
        case noBinaries
        case noAccount
        case inUse(FilePath)
        /// The files of the directory belong to another system user, as far as is known of this name.
        case otherUser(FilePath, owner: String?)
        case unusable(FilePath, reason: String)
        case command(String, output: String)
        /// PostgreSQL did not start; the reason is in its logs rather than in the output of `pg_ctl`.
        case start(_ output: String, logs: [LogEnd])

        package var description: String {
            switch self {
            case .noBinaries:
                "no PostgreSQL 15 or later was found: install the package postgresql, or set DATABASE_URL"
            case .noAccount:
                "PostgreSQL does not run as root, and there is no user 'postgres' to run it as: create one, "
                    + "or start hourglass as another user"
            case .inUse(let directory):
                "another hourglass uses the data directory \(directory): stop it, or choose another with --data-dir"
            case .otherUser(let directory, let owner):
                "the data directory \(directory) is another system user's\(owner.map { ", \($0)'s" } ?? ""): "
                    + "run this as the user that runs the server, or choose another with --data-dir"
            case .unusable(let path, let reason):
                "the directory \(Self.printable(path)) cannot be used, because \(reason): "
                    + "choose another with --data-dir"
            case .command(let command, let output):
                "\(command) failed: \(output)"
            case .start(let output, let logs):
                (["PostgreSQL did not start: \(output)"] + logs.map(\.description)).joined(separator: "\n")
            }
        }

        /// The path with control characters escaped, so that the message stays on one line.
        private static func printable(_ path: FilePath) -> String {
            path.string.unicodeScalars.reduce(into: "") { text, scalar in
                text += scalar.value < 0x20 || scalar.value == 0x7F ? scalar.escaped(asASCII: true) : String(scalar)
            }
        }
    }
}

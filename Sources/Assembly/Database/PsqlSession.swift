package import Analytics
import Postgres

/// The connection of a psql that reads the views.
package struct PsqlSession: Sendable {
    /// The keyword string of the connection, without its password.
    package let connection: String
    /// Variables of libpq: the password, which no list of processes may show.
    package let environment: [String: String]

    /// - Parameters:
    ///   - url: The address of a server's login.
    ///   - site: The site whose rows the views have; nil for all.
    package init(_ url: String, site: SiteID?) {
        let settings =
            ["role=hourglass_read", "default_transaction_read_only=on"]
            + (site.map { ["search_path=hourglass_query,public", "hourglass.site=\($0.rawValue)"] }
                ?? ["search_path=hourglass_read,public"])
        let options = settings.map { "-c \($0)" }.joined(separator: " ")
        // The address was parsed before.
        let parameters = try? ConnectionParameters(parsing: url)
        connection = [parameters?.stringWithoutSecrets ?? url, "options='\(options)'"].joined(separator: " ")
        environment = ["PGPASSWORD": parameters?.password].compactMapValues(\.self)
    }
}

import Analytics
import Support

/// A site of the tests of visits.
struct VisitSite: Sendable {
    let id: SiteID
    let zone: String
    /// The midnights in the zone, and those of UTC, around the time of the tests.
    var midnights: [Timestamp] = []
    /// The users whom visitors are known to be.
    var aliases: [Visitor: Visitor] = [:]
    /// The names of users.
    var users: [Visitor: String] = [Visitor(rawValue: 1): "Ann", Visitor(rawValue: .max - 2): "bób"]

    /// Sites in zones that change their clocks, one of them at midnight, and in some that do not.
    static let all = [
        "UTC", "Asia/Kathmandu", "America/New_York", "Pacific/Auckland", "America/Havana",
    ].enumerated().map { VisitSite(id: SiteID(rawValue: Int32($0 + 1)), zone: $1) }

    /// The statement that makes the sites.
    static let insertion = all.map { site in
        """
        INSERT INTO site (id, name, zone) VALUES (\(site.id.rawValue), 'site\(site.id.rawValue)', '\(site.zone)')
            ON CONFLICT (id) DO UPDATE SET zone = excluded.zone;
        """
    }.joined()

    /// The statement that makes the users.
    var insertionOfUsers: String {
        users.map { visitor, name in
            """
            INSERT INTO person (site_id, visitor, user_id, first_seen, last_seen)
            VALUES (\(id.rawValue), \(visitor.stored), '\(name)', now(), now());
            """
        }.joined()
    }

    /// The statement that adds the aliases of some visitors.
    func insertion(of visitors: some Sequence<Visitor>) -> String {
        visitors.compactMap { visitor in
            aliases[visitor].map { user in
                """
                INSERT INTO alias (site_id, visitor, user_visitor)
                VALUES (\(id.rawValue), \(visitor.stored), \(user.stored));
                """
            }
        }.joined()
    }
}

extension Visitor {
    /// The visitor as a column of the database has it.
    var stored: Int64 { Int64(bitPattern: rawValue) }
}

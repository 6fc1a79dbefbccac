import FoundationEssentials
import Postgres

/// The tables of Umami 2 for page views, and their indexes, as its public schema names them.
enum UmamiTables {
    static let sql = """
        CREATE SCHEMA umami;
        CREATE TABLE umami.session (
            session_id uuid PRIMARY KEY, website_id uuid NOT NULL, browser varchar(20), os varchar(20),
            device varchar(20), screen varchar(11), language varchar(35), country char(2), region varchar(20),
            city varchar(50), distinct_id varchar(50), created_at timestamptz(6) DEFAULT now()
        );
        CREATE TABLE umami.website_event (
            event_id uuid PRIMARY KEY, website_id uuid NOT NULL, session_id uuid NOT NULL, visit_id uuid NOT NULL,
            created_at timestamptz(6) DEFAULT now(), url_path varchar(500) NOT NULL, url_query varchar(500),
            utm_source varchar(255), utm_medium varchar(255), utm_campaign varchar(255), utm_content varchar(255),
            utm_term varchar(255), referrer_path varchar(500), referrer_query varchar(500),
            referrer_domain varchar(500), page_title varchar(500), gclid varchar(255), fbclid varchar(255), msclkid varchar(255), ttclid varchar(255),
            li_fat_id varchar(255), twclid varchar(255), event_type integer NOT NULL DEFAULT 1, event_name varchar(50),
            tag varchar(50), hostname varchar(100)
        );
        CREATE INDEX ON umami.session (created_at);
        CREATE INDEX ON umami.session (website_id);
        \(index("session", ["", "browser", "os", "device", "screen", "language", "country", "region", "city"]))
        CREATE INDEX ON umami.website_event (created_at);
        CREATE INDEX ON umami.website_event (session_id);
        CREATE INDEX ON umami.website_event (visit_id);
        CREATE INDEX ON umami.website_event (website_id);
        \(index("website_event", ["", "url_path", "url_query", "referrer_domain", "page_title", "event_name", "tag",
            "hostname"]))
        CREATE INDEX ON umami.website_event (website_id, session_id, created_at);
        CREATE INDEX ON umami.website_event (website_id, visit_id, created_at);
        """

    /// Indexes by site and time, each with another column behind them, or none.
    private static func index(_ table: String, _ columns: [String]) -> String {
        columns.map { column in
            "CREATE INDEX ON umami.\(table) (website_id, created_at\(column.isEmpty ? "" : ", \(column)"));"
        }
        .joined(separator: "\n")
    }
}

/// A page view as Umami stores it.
struct UmamiPageView: Sendable {
    let visitor: Int
    let path: String
    let title: String
    let referrer: String

    static let website = id(1, of: 1)

    var session: UUID { Self.id(visitor, of: 2) }
    var visit: UUID { Self.id(visitor, of: 3) }

    /// A made-up id, spread over all values as random ones are.
    private static func id(_ number: Int, of kind: Int) -> UUID {
        let high = UInt64(number &* 8 &+ kind) &* 0x9E37_79B9_7F4A_7C15
        let low = high &* 0xBF58_476D_1CE4_E5B9
        func byte(_ word: UInt64, _ place: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: word >> (place * 8)) }
        return UUID(
            uuid: (
                byte(high, 7), byte(high, 6), byte(high, 5), byte(high, 4), byte(high, 3), byte(high, 2), byte(high, 1),
                byte(high, 0), byte(low, 7), byte(low, 6), byte(low, 5), byte(low, 4), byte(low, 3), byte(low, 2),
                byte(low, 1), byte(low, 0)
            )
        )
    }
}

/// Umami's first statement for a page view: the session, unless it is known.
struct UmamiSession: Statement {
    typealias Row = Void

    static let sql = """
        INSERT INTO umami.session (session_id, website_id, browser, os, device, screen, language, country, region, \
        city) VALUES ($1, $2, 'chrome', 'Windows 10', 'desktop', '1920x1080', 'en-US', 'DE', 'DE-BE', 'Berlin') \
        ON CONFLICT (session_id) DO NOTHING
        """
    let view: UmamiPageView
    var parameters: Parameters { Parameters(view.session, UmamiPageView.website) }
}

/// Umami's second statement for a page view: the event.
struct UmamiEvent: Statement {
    typealias Row = Void

    static let sql = """
        INSERT INTO umami.website_event (event_id, website_id, session_id, visit_id, url_path, url_query, \
        referrer_path, referrer_query, referrer_domain, page_title, event_type, hostname) \
        VALUES ($1, $2, $3, $4, $5, '', '/', '', $6, $7, 1, 'example.com')
        """
    let view: UmamiPageView
    var parameters: Parameters {
        Parameters(UUID(), UmamiPageView.website, view.session, view.visit, view.path, view.referrer, view.title)
    }
}

import Analytics
import Postgres

/// Stores the events of a batch that has no keys.
///
/// For few events this is quicker than a COPY, whose rows have to wait for the server's reply to the command.
struct StoreEvents: Statement {
    typealias Row = Void

    static let sql = """
        INSERT INTO event (ts, site_id, kind, user_id)
        SELECT ts, $1, kind, user_id
          FROM unnest($2::timestamptz[], $3::smallint[], $4::text[]) AS new (ts, kind, user_id)
        """
    let batch: Batch

    var parameters: Parameters {
        var times = PostgresArray(of: .timestamptz)
        var kinds = PostgresArray(of: .smallint)
        var users = PostgresArray(of: .text)
        for entry in batch.entries {
            for event in entry.events {
                times.append(event.time.postgresMicroseconds)
                kinds.append(event.kind.rawValue)
                users.append(event.user.text)
            }
        }
        return Parameters(batch.site.rawValue, times, kinds, users)
    }
}

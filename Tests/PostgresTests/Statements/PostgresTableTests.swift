import FoundationEssentials
import Support
import Testing

@testable import Postgres

@Suite(.server)
struct PostgresTableTests {
    @Test func namesItsColumnsAndTheirTypes() async throws {
        let table = try await table(
            """
            SELECT 1 AS id, 'x'::text AS "a name", now() AS id, true AS bool, 1.5, '::1'::inet, '{}'::text[]
            FROM generate_series(1, 0)
            """
        )
        let names = ["id", "a name", "id", "bool", "?column?", "inet", "text"]
        let types: [PostgresType] = [.integer, .text, .timestamptz, .boolean, .numeric, 869, 1_009]
        #expect(table.columns == zip(names, types).map { PostgresColumn(name: $0, type: $1) })
        #expect(table.rows.isEmpty && !table.isTruncated)
    }

    @Test(
        arguments: [
            ("NULL", .null), ("NULL::bigint", .null), ("true", .boolean(true)), ("false", .boolean(false)),
            ("'-32768'::smallint", .integer(-32_768)), ("2147483647", .integer(2_147_483_647)),
            ("'-9223372036854775808'::bigint", .integer(.min)), ("4294967295::oid", .integer(4_294_967_295)),
            ("0.1::real", .double(0.1)), ("'-Infinity'::double precision", .double(-.infinity)),
            ("5e-324::double precision", .double(.leastNonzeroMagnitude)),
            ("123456789012.345678::numeric(18,6)", .numeric(PostgresNumeric(checked: "123456789012.345678"))),
            ("'NaN'::numeric", .numeric(.notANumber)), ("'-Infinity'::numeric", .numeric(.negativeInfinity)),
            ("''", .text("")), ("'é'::varchar(3)", .text("é")), ("'a'::char(3)", .text("a  ")),
            ("'x'::name", .text("x")),
            ("'x'::\"char\"", .text("x")), ("'\\x'::bytea", .bytes([])), ("'\\x00ff7F'::bytea", .bytes([0, 255, 127])),
            ("date '0044-03-15 BC'", .date(PostgresDate(days: -746_117))),
            ("date '-infinity'", .date(.negativeInfinity)),
            ("timestamp '1999-12-31 23:59:59.5'", .timestamp(PostgresTimestamp(microseconds: -500_000))),
            ("timestamptz '2000-01-01 02:00:00+02'", .timestamptz(PostgresTimestamp(microseconds: 0))),
            ("timestamptz 'infinity'", .timestamptz(.infinity)),
            ("'{\"a\": 1 }'::json", .json(PostgresJSON("{\"a\": 1 }"))),
            ("'{\"a\":1}'::jsonb", .json(PostgresJSON("{\"a\": 1}"))),
            ("'[1:2]={a,NULL}'::text[]", .array([.text("a"), .null])),
            ("'{}'::bigint[]", .array([])), ("ARRAY[true, NULL]", .array([.boolean(true), .null])),
            (
                "ARRAY[[1, 2], [3, 4]]",
                .array([.array([.integer(1), .integer(2)]), .array([.integer(3), .integer(4)])])
            ),
            ("ARRAY['NULL', '', '{', E'\"\\\\']", .array([.text("NULL"), .text(""), .text("{"), .text("\"\\")])),
            (
                "ARRAY[0.10, 'NaN'::numeric]",
                .array([.numeric(PostgresNumeric(checked: "0.10")), .numeric(.notANumber)])
            ),
            ("ARRAY['\\x00'::bytea]", .array([.bytes([0])])),
            ("ARRAY['[1, \"x\"]'::jsonb]", .array([.json(PostgresJSON("[1, \"x\"]"))])),
            (
                "ARRAY[timestamptz '2000-01-01', 'infinity']",
                .array([.timestamptz(PostgresTimestamp(microseconds: 0)), .timestamptz(.infinity)])
            ),
            // Types that are not known are texts as PostgreSQL writes them.
            ("'10.0.0.0/8'::inet", .text("10.0.0.0/8")), ("interval '1 day 2 hours'", .text("1 day 02:00:00")),
            ("point(1, 2)", .text("(1,2)")), ("int4range(1, 3)", .text("[1,3)")),
            ("ARRAY['::1'::inet]", .text("{::1}")),
            ("ROW(1, 'x')", .text("(1,x)")), ("time '12:30'", .text("12:30:00")), ("'12.50'::money", .text("$12.50")),
            ("ARRAY[interval '1 day']", .array([.text("1 day")])),
        ] as [(String, PostgresValue)]
    )
    func readsAValue(expression: String, value: PostgresValue) async throws {
        #expect(try await table("SELECT \(expression)").rows == [[value]])
    }

    @Test func readsAUUID() async throws {
        let uuid = UUID()
        #expect(try await table("SELECT '\(uuid)'::uuid").rows == [[.uuid(uuid)]])
    }

    /// Random values of every type are sent in binary format and read as texts.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func readsWhatWasSent(seed: UInt64) async throws {
        let sql = """
            SELECT $1::bigint, $2::double precision, $3::numeric, $4::timestamptz, $5::timestamp, $6::date, $7::uuid,
                $8::bytea, $9::boolean, $10::numeric[], $11::text
            """
        try await TestServer.withConnection { connection in
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<200 {
                let integer = Int(truncatingIfNeeded: generator.next())
                let double = Double.random(in: -1e300...1e300, using: &generator)
                let number = PostgresNumeric(units: integer, scale: UInt8.random(in: 0...40, using: &generator))
                let moment = PostgresTimestamp(
                    microseconds: Int.random(
                        in: -200_000_000_000_000_000...9_000_000_000_000_000_000,
                        using: &generator
                    )
                )
                let day = PostgresDate(days: Int32.random(in: -2_451_545...2_145_031_948, using: &generator))
                let bytes = (0..<generator.next() % 40).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
                let uuid = UUID()
                let array = PostgresArray(of: .numeric, [number, nil, number])
                let parameters = Parameters(
                    integer,
                    double,
                    number,
                    moment,
                    moment,
                    day,
                    uuid,
                    bytes,
                    bytes.isEmpty,
                    array,
                    "\(uuid)'\\\n"
                )
                let table = try await connection.table(PostgresQuery(sql, parameters), limit: .none)
                let values: [PostgresValue] = [
                    .integer(integer), .double(double), .numeric(number), .timestamptz(moment), .timestamp(moment),
                    .date(day), .uuid(uuid), .bytes(bytes), .boolean(bytes.isEmpty),
                    .array([.numeric(number), .null, .numeric(number)]), .text("\(uuid)'\\\n"),
                ]
                #expect(table.rows == [values])
            }
        }
    }

    @Test(arguments: [(0, true), (1, true), (99, true), (100, false), (101, false)])
    func isCutAtItsLimit(rows: Int, isTruncated: Bool) async throws {
        try await TestServer.withConnection { connection in
            let query = PostgresQuery("SELECT n FROM generate_series(1, 100) n")
            let table = try await connection.table(query, limit: RowLimit(rows: rows, bytes: .max))
            #expect(table.rows == (0..<min(rows, 100)).map { [.integer($0 + 1)] })
            #expect(table.isTruncated == isTruncated)
            #expect(table.columns.map(\.name) == ["n"])
            #expect(await connection.isUsable)
        }
    }

    @Test func mayHaveNoColumns() async throws {
        let table = try await table("SELECT FROM generate_series(1, 3)")
        #expect(table.columns.isEmpty)
        #expect(table.rows == [[], [], []])
        #expect(try await self.table("CREATE TEMP TABLE item ()").rows.isEmpty)
    }

    /// A server or role may write values otherwise; the connection asks for one form.
    @Test func readsValuesWhateverTheServerIsSetTo() async throws {
        let options = """
            -c\\ datestyle=German -c\\ intervalstyle=sql_standard -c\\ bytea_output=escape -c\\ extra_float_digits=-15
            """
        let url = try TestServer.url() + " options='\(options)'"
        let query = PostgresQuery(
            "SELECT timestamptz '2000-01-01', date '2000-01-02', interval '1 day', '\\x00'::bytea, 0.123456789012345678::float8"
        )
        let table = try await Connection.with(url) { try await $0.table(query, limit: .none) }
        #expect(
            table.rows == [
                [
                    .timestamptz(PostgresTimestamp(microseconds: 0)), .date(PostgresDate(days: 1)), .text("1 day"),
                    .bytes([0]), .double(0.123456789012345678),
                ]
            ]
        )
    }

    /// A query can change these settings itself.
    @Test(arguments: [
        ("datestyle", "German", "timestamptz '2024-02-01'"), ("datestyle", "SQL", "date '2024-02-01'"),
        ("bytea_output", "escape", "'abc'::bytea"), ("datestyle", "Postgres", "ARRAY[timestamp '2024-02-01']"),
    ])
    func refusesAValueInAnotherForm(setting: String, form: String, expression: String) async throws {
        let sql = "SELECT set_config('\(setting)', '\(form)', false), \(expression)"
        try await TestServer.withConnection { connection in
            try await #require(throws: PostgresDecodingError.self) {
                try await connection.table(PostgresQuery(sql), limit: .none)
            }
            #expect(await connection.isUsable)
        }
    }

    @Test(
        arguments: [
            ("", .boolean), ("true", .boolean), ("", .bigint), ("1.5", .integer), ("9223372036854775808", .bigint),
            ("", .double), ("x", .real), ("1e5", .numeric), ("", .uuid), ("0", .uuid), ("", .bytea), ("\\x0", .bytea),
            ("\\x0g", .bytea), ("\\x+1", .bytea), ("00", .bytea), ("\\\\x00", .bytea), ("", .date), ("", .timestamp),
            ("", 1_016), ("1", 1_016), ("{", 1_016), ("{1", 1_016), ("{1,", 1_016), ("{1,}", 1_016), ("{1}}", 1_016),
            ("{1}x", 1_016), ("{x}", 1_016), ("{{1},2}x", 1_016), ("[0:1]", 1_016), ("[0:1]=", 1_016), ("{\"1}", 1_016),
            ("{\"1\\", 1_016), ("{{{{{{{1}}}}}}}", 1_016), (String(repeating: "{", count: 100_000), 1_016),
        ] as [(String, PostgresType)]
    )
    func refusesOtherTexts(text: String, type: PostgresType) {
        #expect(throws: PostgresDecodingError.self) { try PostgresValue(text: text, type: type) }
    }

    private func table(_ sql: String) async throws -> PostgresTable {
        try await TestServer.withConnection { try await $0.table(PostgresQuery(sql), limit: .none) }
    }
}

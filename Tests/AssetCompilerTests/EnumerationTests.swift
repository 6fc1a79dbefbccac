import Testing

@testable import AssetCompiler

struct EnumerationTests {
    @Test func aConstantIsNamedForThePathOfItsFile() throws {
        var enumeration = Enumeration(name: "SQL")
        try enumeration.add(Array("SELECT 1;\n".utf8), path: "tables/001_event.timescaledb.sql")
        try enumeration.add([0x89, 0], path: "2.png")
        #expect(
            enumeration.source
                == ##"""
                enum SQL {
                    /// tables/001_event.timescaledb.sql
                    static let tables_001_event_timescaledb_sql: String = #"""
                SELECT 1;

                """#
                    /// 2.png
                    static let _2_png: [UInt8] = "\u{89}\u{0}".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
                    static let texts: KeyValuePairs<String, String> = [
                        "tables/001_event.timescaledb.sql": tables_001_event_timescaledb_sql,
                    ]
                    static let binaries: KeyValuePairs<String, [UInt8]> = [
                        "2.png": _2_png,
                    ]
                }

                """##.replacing(#"\u{89}"#, with: "\u{89}")
        )
    }

    @Test func twoFilesWithOneNameAreRefused() throws {
        var enumeration = Enumeration(name: "Assets")
        try enumeration.add([], path: "a-b.css")
        #expect(throws: Failure(file: "a_b.css", reason: "a-b.css is called a_b_css too")) {
            try enumeration.add([], path: "a_b.css")
        }
    }
}

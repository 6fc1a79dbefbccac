import Support
import Testing

@testable import Postgres

struct ConnectionParametersTests {
    private static let words = ["geheim", "streng", "nobody"]

    @Test(arguments: [
        (
            "postgres://me:geheim@db:5433/x?sslmode=require",
            "user=me password=*** dbname=x host=db port=5433 sslmode=require"
        ),
        ("postgresql://me@a:1,b:2/x", "user=me dbname=x host='a,b' port='1,2'"),
        ("postgres://me:a?geheim#b@db/x", "user=me password=*** dbname=x host=db"),
        ("postgres://db/x?user=me&password=geheim", "user=me password=*** dbname=x host=db"),
        ("postgres://me:%67eheim@%2Frun%2Fpostgres/x", "user=me password=*** dbname=x host=/run/postgres"),
        ("host=db user = me password = 'ge heim' dbname=x", "user=me password=*** dbname=x host=db"),
        (#"host=db user=me password=ge\ hei\'m dbname='a b'"#, "user=me password=*** dbname='a b' host=db"),
        (#"host='it\'s' user=me"#, #"user=me host='it\'s'"#),
        ("service=mine sslpassword=geheim", "service=mine sslpassword=***"),
        ("host=db,[::1] port=,5433 user='' password=", "host='db,[::1]' port=',5433'"),
    ])
    func areShownWithoutTheirPassword(string: String, shown: String) throws {
        #expect(try ConnectionParameters(parsing: string).description == shown)
    }

    @Test(arguments: [
        ("", nil as ConnectionParameters.Malformed?), ("geheim", .syntax), ("mysql://me:geheim@db/x", .syntax),
        ("postgresql+psycopg://me:ge=heim@db/x", .syntax), ("postgres://me:%zzgeheim@db/x", .syntax),
        ("postgres://db/x?geheim", .syntax), ("host=db password=ge heim", .syntax), ("password='geheim", .syntax),
        ("password=geheim\0", .syntax), ("postgres://me:ge@heim@db/x", .userinfo),
        ("postgres://me:ge/heim@db/x", .userinfo), ("postgres://me:ge@he/im@db/x", .userinfo),
        ("postgres://me:geheim/x", .port), ("host=db port=0", .port), ("host=db port=1,65536", .port),
        ("dbname=postgres://me:geheim@db/x", .database), ("dbname='host=db password=geheim'", .database),
        ("postgres://me:%FFgeheim@db/x", .encoding),
    ])
    func malformedOnesShowNothing(string: String, reason: ConnectionParameters.Malformed?) {
        do throws(ConnectionParameters.Malformed) {
            _ = try ConnectionParameters(parsing: string)
            #expect(reason == nil)
        } catch {
            #expect(error == reason)
            #expect(!"\(error)".contains("heim"))
        }
    }

    /// Passwords with every character that is special in any notation: parsing gives the same password, or fails.
    @Test(arguments: 0..<40)
    func noSpellingShowsAPassword(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<250 {
            let password = Self.password(&generator)
            let isReadable = Self.spellings(of: password).map { spelling in
                guard let parameters = Self.parsed(spelling.text) else { return !spelling.isSound }
                for word in Self.words { #expect(!"\(parameters)".contains(word), "\(spelling.text)") }
                if !spelling.isSound { return true }
                let again = Self.parsed(parameters.string)
                return again == parameters && parameters.pairs.contains { $0 == ("password", password) }
            }
            #expect(isReadable.allSatisfy { $0 }, "\(password)")
        }
    }

    @Test func aPasswordIsAddedAsItIs() throws {
        let bare = try ConnectionParameters(parsing: "postgres://me@db/x")
        #expect(!bare.hasPassword)
        let password = #"a 'b' \c?@/%20"#
        let full = bare.with(password: password)
        #expect(full.hasPassword)
        #expect(try ConnectionParameters(parsing: full.string).pairs.contains { $0 == ("password", password) })
        #expect("\(full.with(password: "other"))" == "\(full)")
    }

    /// libpq's own error messages quote the text that it cannot parse.
    @Test(arguments: ["postgres://me:ge@he:im/x", "host=db password=ge heim", "postgres://me:%zzheim@db/x", "heim"])
    func aConnectionDoesNotQuoteThem(string: String) async throws {
        let error = try await #require(throws: PostgresError.self) { _ = try await Connection.open(string) }
        #expect(!error.message.contains("heim"), "\(error.message)")
        #expect(error.message.contains("connection string"))
    }

    private static func parsed(_ text: String) -> ConnectionParameters? {
        do throws(ConnectionParameters.Malformed) {
            return try ConnectionParameters(parsing: text)
        } catch {
            for word in words where "\(error)".contains(word) { Issue.record("\(text)") }
            return nil
        }
    }

    private static func password(_ generator: inout SeededGenerator) -> String {
        let special = Array(#"?@/:#% '"\=&"#)
        return words.reduce("") { text, word in
            let count = Int.random(in: 0...3, using: &generator)
            return (0..<count).reduce(text) { text, _ in text + String(special.randomElement(using: &generator) ?? "?")
            }
                + word
        }
    }

    /// Notations of a password: the sound ones parse to exactly this password, the others are common mistakes.
    private static func spellings(of password: String) -> [(text: String, isSound: Bool)] {
        let encoded = password.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
        let escaped = String(password.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] })
        let blanks = String(password.flatMap { $0 == "'" || $0 == "\\" || $0 == " " ? ["\\", $0] : [$0] })
        return [
            ("postgres://me:\(encoded)@db/x", true), ("postgresql://a,b:1/x?user=me&password=\(encoded)", true),
            ("host=db user=me password='\(escaped)' dbname=x", true), ("password = \(blanks) host=db", true),
            ("postgres://me:\(password)@db/x", false), ("postgres://db/x?password=\(password)&user=me", false),
            ("host=db password=\(password) user=me", false), ("host=db password='\(password)' user=me", false),
            ("host=db sslpassword='\(escaped)'", false), (password, false),
        ]
    }
}

import Analytics
import Ingest
import Testing

struct HitRefusalTests {
    @Test(arguments: [
        (#""site":"""#, Rejection(.site, .empty)), (#""site":"Example.com""#, Rejection(.site, .invalidSite)),
        (#""site":{}"#, Rejection(.site, .notText)), (#""key":true"#, Rejection(.key, .notText)),
        (#""key":"\#(String(repeating: "k", count: 65))""#, Rejection(.key, .unknownKey)),
        (#""key":"\ud800""#, Rejection(.key, .invalidUTF8)),
        (#""key":"a\u0000""#, Rejection(.key, .containsNUL)),
        (#""name":"""#, Rejection(.name, .invalidName)), (#""name":[]"#, Rejection(.name, .notText)),
        (#""name":"\#(String(repeating: "é", count: 121))""#, Rejection(.name, .invalidName)),
        (#""name":"a\u0000""#, Rejection(.name, .containsNUL)), (#""user":"""#, Rejection(.user, .empty)),
        (#""user":"\u0000""#, Rejection(.user, .containsNUL)), (#""user":false"#, Rejection(.user, .notText)),
        (#""user":"\#(String(repeating: "u", count: 257))""#, Rejection(.user, .tooLong)),
        (#""timestamp":"""#, Rejection(.timestamp, .empty)), (#""timestamp":-5"#, Rejection(.timestamp, .invalidTime)),
        (#""timestamp":"yesterday""#, Rejection(.timestamp, .invalidTime)),
        (#""timestamp":"2026-02-30T00:00:00Z""#, Rejection(.timestamp, .invalidTime)),
        (#""timestamp":"1969-12-31T23:59:59Z""#, Rejection(.timestamp, .outOfRange)),
        (#""timestamp":253402300800000"#, Rejection(.timestamp, .outOfRange)),
        (#""timestamp":5.5"#, Rejection(.timestamp, .invalidTime)),
        (#""timestamp":[5]"#, Rejection(.timestamp, .notText)),
        (#""age":"""#, Rejection(.age, .empty)), (#""age":-1"#, Rejection(.age, .notDigits)),
        (#""age":1.5"#, Rejection(.age, .notDigits)), (#""age":86400001"#, Rejection(.age, .outOfRange)),
        (#""age":99999999999999999999999"#, Rejection(.age, .outOfRange)),
        (#""timestamp":5,"age":0"#, Rejection(.age, .besideTimestamp)), (#""id":"""#, Rejection(.id, .invalidKey)),
        (#""id":"a b""#, Rejection(.id, .invalidKey)), (#""id":null,"id":{}"#, Rejection(.id, .notText)),
        (#""id":"\#(String(repeating: "i", count: 129))""#, Rejection(.id, .invalidKey)),
    ])
    func namesTheFieldToBlame(members: String, rejection: Rejection) {
        #expect(throws: rejection) { try HitInput("{\(members)}") }
    }

    @Test(arguments: ["", "{", "{}{}", "{]", #"{"name":}"#, "{\"name\":\"a\nb\"}"])
    func refusesMalformedJSON(text: String) {
        #expect(throws: Rejection(.body, .malformedJSON)) { try HitInput(text) }
    }

    @Test(arguments: ["[]", "5", "null", #""name""#])
    func refusesAllButAnObject(text: String) {
        #expect(throws: Rejection(.body, .notObject)) { try HitInput(text) }
    }

    @Test func refusesTheFirstInvalidFieldInOrder() {
        let fields = [
            (#""id":"""#, Rejection(.id, .invalidKey)), (#""age":"""#, Rejection(.age, .empty)),
            (#""timestamp":"""#, Rejection(.timestamp, .empty)), (#""user":"""#, Rejection(.user, .empty)),
            (#""name":"""#, Rejection(.name, .invalidName)), (#""key":[]"#, Rejection(.key, .notText)),
            (#""site":"""#, Rejection(.site, .empty)),
        ]
        for count in 1...fields.count {
            let members = fields.prefix(count).map(\.0).joined(separator: ",")
            #expect(throws: fields[count - 1].1) { try HitInput("{\(members)}") }
        }
    }
}

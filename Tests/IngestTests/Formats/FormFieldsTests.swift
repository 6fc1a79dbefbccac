import Analytics
import Ingest
import Testing

struct FormFieldsTests {
    private static let times = Timestamp(seconds: 0)...Timestamp(seconds: 2_000_000_000)

    @Test(arguments: [
        "timestamp=5&user=u&event=click",
        "event=click&user=u&timestamp=5",
        "timestamp=5&user=u&event=click&",
        "&&timestamp=5&&user=u&&&event=click",
        "a=b&timestamp=5&c&user=u&=&event=click&d=%zz&%zz=e",
        "timestamp=5&timestamp=6&user=u&user=v&event=click&event=impression",
        "timestamp=5&user=u&event=click&timestamp=&user=&event=",
        "time%73tamp=5&%75ser=%75&event=cl%69ck",
        "t%69mestamp=0%35&user=u&%65%76%65%6e%74=%63%6C%69%63%6B",
        "Timestamp=6&USER=v&Event=impression&timestamp=5&user=u&event=click",
        "timestamp =6&+user=v&timestamp=5&user=u&event=click",
        "us%zzr=v&us%65=v&user%=v&timestamp=5&user=u&event=click",
        "us+er=v&timestamp=5&user=u&event=click",
    ])
    func findsTheThreeFields(query: String) throws {
        let event = try event(query)
        #expect(event.time == Timestamp(seconds: 5))
        #expect(event.user.text == "u")
        #expect(event.kind == .click)
    }

    @Test(arguments: [
        ("a+b", "a b"), ("+", " "), ("a%2Bb", "a+b"), ("a%2bb", "a+b"), ("%20", " "), ("a%26b%3Dc", "a&b=c"),
        ("a=b", "a=b"),
        ("=", "="), ("a==", "a=="), ("%25", "%"), ("%252B", "%2B"), ("%C3%A9", "é"), ("é", "é"), ("%f0%9F%98%80", "😀"),
        ("a;b", "a;b"), ("a#b", "a#b"), ("%22", "\""), ("\"", "\""), ("%0D%0A", "\r\n"), ("%7f", "\u{7F}"),
    ])
    func decodesAUser(written: String, text: String) throws {
        #expect(Array(try event("timestamp=5&user=\(written)&event=click").user.text.utf8) == Array(text.utf8))
    }

    @Test(arguments: [
        "%", "%4", "a%", "a%4", "%zz", "%4z", "%z4", "%%", "%%41", "% 41", "%+1", "%-1", "%0x41", "%u0041", "%é",
        "%\0\0",
    ])
    func refusesABrokenPercent(written: String) {
        #expect(throws: Rejection(.user, .invalidPercentEncoding)) {
            try event("timestamp=5&user=\(written)&event=click")
        }
        #expect(throws: Rejection(.user, .invalidPercentEncoding)) {
            try event("timestamp=5&event=click&user=\(written)")
        }
    }

    @Test(arguments: [
        ("", Rejection(.timestamp, .missing)),
        ("&", Rejection(.timestamp, .missing)),
        ("a&b=c&&=", Rejection(.timestamp, .missing)),
        ("timestamp", Rejection(.timestamp, .empty)),
        ("timestamp=", Rejection(.timestamp, .empty)),
        ("timestamp=&timestamp=5", Rejection(.timestamp, .empty)),
        ("timestamp=5", Rejection(.user, .missing)),
        ("timestamp=5&user", Rejection(.user, .empty)),
        ("timestamp=5&user=&event=click", Rejection(.user, .empty)),
        ("timestamp=5&user=%00&event=click", Rejection(.user, .containsNUL)),
        ("timestamp=5&user=a%00&event=click", Rejection(.user, .containsNUL)),
        ("timestamp=5&user=%FF&event=click", Rejection(.user, .invalidUTF8)),
        ("timestamp=5&user=%C0%80&event=click", Rejection(.user, .invalidUTF8)),
        ("timestamp=5&user=%ED%A0%80&event=click", Rejection(.user, .invalidUTF8)),
        ("timestamp=5&user=u", Rejection(.event, .missing)),
        ("timestamp=5&user=u&event", Rejection(.event, .empty)),
        ("timestamp=5&user=u&event=click+", Rejection(.event, .unknownEvent)),
        ("timestamp=+5&user=u&event=click", Rejection(.timestamp, .notDigits)),
        ("timestamp=%2B5&user=u&event=click", Rejection(.timestamp, .notDigits)),
        ("timestamp=%zz&user=%zz&event=click", Rejection(.timestamp, .invalidPercentEncoding)),
        ("timestamp=5;user=u;event=click", Rejection(.timestamp, .notDigits)),
        ("?timestamp=5&user=u&event=click", Rejection(.timestamp, .missing)),
        ("timestamps=5&xtimestamp=5&timestam=5", Rejection(.timestamp, .missing)),
    ])
    func givesTheReason(query: String, rejection: Rejection) {
        #expect(throws: rejection) { try event(query) }
    }

    @Test func countsTheDecodedBytes() throws {
        let longest = String(repeating: "%61", count: 256)
        #expect(try event("timestamp=5&event=click&user=\(longest)").user.text.utf8.count == 256)
        #expect(throws: Rejection(.user, .tooLong)) { try event("timestamp=5&event=click&user=\(longest)a") }
    }

    private func event(_ query: String) throws(Rejection) -> Event {
        let bytes = Array(query.utf8)
        return try Event(EventFields(form: bytes.span), in: bytes.span, accepting: Self.times)
    }
}

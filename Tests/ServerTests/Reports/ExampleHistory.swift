/// A small history whose numbers can be checked by hand: three users on 5 January 2026 in UTC.
///
/// - ann: 09:00:00 `/` from Google in Germany, 09:04:00 `/pricing`, 09:05:30 signs up there.
/// - bob: 09:10:00 `/` in the United States, looks at it for 40 s and scrolls to 60 %; 10:20:00 `/blog`, 10:21:00 a
///   download.
/// - cem: 11:00:00 `/pricing` from a newsletter in France, 11:02:00 `/`, which he looks at for 30 s and scrolls to 80 %.
enum ExampleHistory {
    static let body = "[" + lines.joined(separator: ",") + "]"

    private static let lines = [
        hit("ann", "09:00:00", "/", #""referrer":"https://www.google.com/","country":"DE","browser":"Chrome""#),
        hit("ann", "09:04:00", "/pricing", #""country":"DE","browser":"Chrome""#),
        hit(
            "ann",
            "09:05:30",
            "/pricing",
            #""name":"Signup","props":{"plan":"pro"},"country":"DE","browser":"Chrome""#
        ),
        hit("bob", "09:10:00", "/", #""country":"US","browser":"Firefox""#),
        hit("bob", "09:10:40", "/", #""name":"engagement","scroll":60,"engaged":40000,"country":"US""#),
        hit("bob", "10:20:00", "/blog", #""country":"US","browser":"Firefox""#),
        hit("bob", "10:21:00", "/blog", #""name":"Download","props":{"file":"a.pdf"},"country":"US""#),
        hit(
            "cem",
            "11:00:00",
            "/pricing?utm_source=newsletter&utm_medium=email",
            #""country":"FR","browser":"Safari""#
        ),
        hit("cem", "11:02:00", "/", #""country":"FR","browser":"Safari""#),
        hit("cem", "11:02:30", "/", #""name":"engagement","scroll":80,"engaged":30000,"country":"FR""#),
    ]

    private static func hit(_ user: String, _ time: String, _ path: String, _ fields: String) -> String {
        """
        {"user":"\(user)","timestamp":"2026-01-05T\(time)Z","url":"https://shop.example\(path)",\(fields)}
        """
    }
}

/// A request, its expected answer, and the expected counts afterwards.
///
/// Each case uses different times, so that all of them run against one store.
struct ContractCase: Sendable {
    let name: String
    var setup: [String] = []
    var method = "POST"
    var target: String
    var json: String?
    let status: Int
    var body: String?
    var isRejected = false
    var contentType: String?
    var header: String?
    /// The expected counts by time: distinct users, clicks, impressions.
    var counts: [Int: (Int, Int, Int)] = [:]

    static let all: [ContractCase] = [
        ContractCase(
            name: "post click readme",
            target: "/analytics?timestamp=1223567997&user=3&event=click",
            status: 204,
            counts: [1223567997: (1, 1, 0)]
        ),
        ContractCase(
            name: "post impression readme",
            target: "/analytics?timestamp=1222567998&user=1&event=impression",
            status: 204,
            counts: [1222567998: (1, 0, 1)]
        ),
        ContractCase(
            name: "post existing user",
            setup: ["timestamp=1697003595&user=a&event=click"],
            target: "/analytics?timestamp=1697003600&user=a&event=click",
            status: 204,
            counts: [1697003595: (1, 1, 0), 1697003600: (1, 2, 0)]
        ),
        ContractCase(
            name: "post event missing",
            target: "/analytics?timestamp=1695003600&user=a",
            status: 204,
            isRejected: true,
            counts: [1695003600: (0, 0, 0)]
        ),
        ContractCase(
            name: "post event empty",
            target: "/analytics?timestamp=1694003600&user=a&event=",
            status: 204,
            isRejected: true,
            counts: [1694003600: (0, 0, 0)]
        ),
        ContractCase(
            name: "post ts empty",
            target: "/analytics?timestamp=&user=a&event=click",
            status: 204,
            isRejected: true
        ),
        ContractCase(
            name: "post ts negative",
            target: "/analytics?timestamp=-1&user=a&event=click",
            status: 204,
            isRejected: true
        ),
        ContractCase(
            name: "post ts millis",
            target: "/analytics?timestamp=1205567997000&user=a&event=click",
            status: 204,
            counts: [1205567997: (1, 1, 0)]
        ),
        ContractCase(
            name: "post ts hex",
            target: "/analytics?timestamp=0x10&user=a&event=click",
            status: 204,
            isRejected: true
        ),
        ContractCase(
            name: "post ts repeated",
            target: "/analytics?timestamp=8100&timestamp=8200&user=a&user=b&event=click&event=impression",
            status: 204,
            counts: [8100: (1, 1, 0)]
        ),
        ContractCase(
            name: "post user empty",
            target: "/analytics?timestamp=1666003600&user=&event=click",
            status: 204,
            isRejected: true,
            counts: [1666003600: (0, 0, 0)]
        ),
        ContractCase(
            name: "post user space",
            target: "/analytics?timestamp=1665003600&user=%20&event=click",
            status: 204,
            counts: [1665003600: (1, 1, 0)]
        ),
        ContractCase(
            name: "post user unicode",
            target: "/analytics?timestamp=1664003600&user=%D0%9F%D1%91%D1%82%D1%80%F0%9F%98%80&event=click",
            status: 204,
            counts: [1664003600: (1, 1, 0)]
        ),
        ContractCase(
            name: "post user nfd vs nfc",
            setup: ["timestamp=1663003600&user=%C3%A9&event=click"],
            target: "/analytics?timestamp=1663003600&user=e%CC%81&event=click",
            status: 204,
            counts: [1663003600: (2, 2, 0)]
        ),
        ContractCase(
            name: "post user case",
            setup: ["timestamp=1661003599&user=bob&event=click"],
            target: "/analytics?timestamp=1661003600&user=Bob&event=click",
            status: 204,
            counts: [1661003599: (1, 1, 0), 1661003600: (2, 2, 0)]
        ),
        ContractCase(
            name: "post json body",
            target: "/analytics",
            json: #"{"timestamp": 1651003600, "user": "a", "event": "click"}"#,
            status: 204,
            counts: [1651003600: (1, 1, 0)]
        ),
        ContractCase(
            name: "put",
            method: "PUT",
            target: "/analytics?timestamp=1647003600&user=a&event=click",
            status: 405,
            header: "Allow"
        ),
        ContractCase(
            name: "get readme",
            setup: ["timestamp=1164567997&user=3&event=click", "timestamp=1164567998&user=1&event=impression"],
            method: "GET",
            target: "/analytics?timestamp=1164567999",
            status: 200,
            body: "unique_users,2\nclicks,1\nimpressions,1\n"
        ),
        ContractCase(
            name: "get edge T",
            setup: ["timestamp=1638003600&user=a&event=click"],
            method: "GET",
            target: "/analytics?timestamp=1638003600",
            status: 200,
            body: "unique_users,1\nclicks,1\nimpressions,0\n"
        ),
        ContractCase(
            name: "get edge T 3601",
            setup: ["timestamp=1699999999&user=a&event=click"],
            method: "GET",
            target: "/analytics?timestamp=1635003600",
            status: 200,
            body: "unique_users,0\nclicks,0\nimpressions,0\n"
        ),
        ContractCase(
            name: "get edges all",
            setup: [
                "timestamp=1699999999&user=a&event=click", "timestamp=1634000000&user=b&event=click",
                "timestamp=1634003600&user=c&event=impression", "timestamp=1634003601&user=d&event=impression",
                "timestamp=1634001800&user=b&event=impression",
            ],
            method: "GET",
            target: "/analytics?timestamp=1634003600",
            status: 200,
            body: "unique_users,2\nclicks,1\nimpressions,2\n"
        ),
        ContractCase(
            name: "get same user many",
            setup: [
                "timestamp=1632003600&user=a&event=click", "timestamp=1632003599&user=a&event=click",
                "timestamp=1632003598&user=a&event=click", "timestamp=1632003597&user=a&event=click",
                "timestamp=1632003596&user=a&event=click",
            ],
            method: "GET",
            target: "/analytics?timestamp=1632003600",
            status: 200,
            body: "unique_users,1\nclicks,5\nimpressions,0\n"
        ),
        ContractCase(
            name: "get duplicates counted",
            setup: [
                "timestamp=1631003599&user=a&event=click", "timestamp=1631003599&user=a&event=click",
                "timestamp=1631003599&user=a&event=impression",
            ],
            method: "GET",
            target: "/analytics?timestamp=1631003600",
            status: 200,
            body: "unique_users,1\nclicks,2\nimpressions,1\n"
        ),
        ContractCase(
            name: "get same second five users",
            setup: [
                "timestamp=1629003599&user=a&event=click", "timestamp=1629003599&user=b&event=click",
                "timestamp=1629003599&user=c&event=click", "timestamp=1629003599&user=d&event=click",
                "timestamp=1629003599&user=e&event=click",
            ],
            method: "GET",
            target: "/analytics?timestamp=1629003600",
            status: 200,
            body: "unique_users,5\nclicks,5\nimpressions,0\n"
        ),
        ContractCase(
            name: "get unicode users",
            setup: [
                "timestamp=1626003599&user=%D0%9F&event=click", "timestamp=1626003598&user=%F0%9F%98%80&event=click",
            ],
            method: "GET",
            target: "/analytics?timestamp=1626003600",
            status: 200,
            body: "unique_users,2\nclicks,2\nimpressions,0\n"
        ),
        ContractCase(
            name: "get ts empty",
            method: "GET",
            target: "/analytics?timestamp=",
            status: 400,
            contentType: "application/problem+json"
        ),
        ContractCase(
            name: "get ts float",
            method: "GET",
            target: "/analytics?timestamp=1622003600.0",
            status: 400,
            contentType: "application/problem+json"
        ),
        ContractCase(
            name: "get ts repeated",
            setup: ["timestamp=1612003600&user=a&event=click"],
            method: "GET",
            target: "/analytics?timestamp=1612003600&timestamp=5",
            status: 200,
            body: "unique_users,1\nclicks,1\nimpressions,0\n"
        ),
    ]
}

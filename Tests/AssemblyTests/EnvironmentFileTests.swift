import Testing

@testable import Assembly

struct EnvironmentFileTests {
    @Test(arguments: [
        ("A=1\nB=2\n", ["A": "1", "B": "2"]),
        ("A=1\r\nB=2\r\n", ["A": "1", "B": "2"]),
        ("A=1\rB=2", ["A": "1", "B": "2"]),
        ("\u{FEFF}A=1", ["A": "1"]),
        ("", [:]), ("\n \n\t\r\n", [:]), ("\u{FEFF}", [:]),
        ("# A=1\n  # B=2\n;C=3\nD=4", ["D": "4"]),
        ("export A=1\nexport\tB = 2\n  export C=3\nexport=4", ["A": "1", "B": "2", "C": "3", "export": "4"]),
        (" A = 1 \n\tB\t=\t2\t", ["A": "1", "B": "2"]),
        ("A=\nB=  \nC=''\nD=\"\"", ["A": "", "B": "", "C": "", "D": ""]),
        (
            "A=1 # one\nB=1# one\nC=#one\nD= # one\nE= #one\nF='1' # one",
            [
                "A": "1", "B": "1# one", "C": "#one", "D": "", "E": "", "F": "1",
            ]
        ),
        (
            "A=a b  c\nB=host='x y' user=z\nC=a=b=c\nD=a\"b\"c",
            [
                "A": "a b  c", "B": "host='x y' user=z", "C": "a=b=c", "D": "a\"b\"c",
            ]
        ),
        (#"A='a # "b" \n \\ $c'"#, ["A": #"a # "b" \n \\ $c"#]),
        (#"A="a # 'b' \n\t\r\"\\\$\` \x \'$c""#, ["A": "a # 'b' \n\t\r\"\\$` \\x \\'$c"]),
        ("A=\"one\r\ntwo\"\r\nB='three\nfour' # five\nC=6", ["A": "one\ntwo", "B": "three\nfour", "C": "6"]),
        (#"A=C:\new\$HOME${X}"#, ["A": #"C:\new\$HOME${X}"#]),
        ("A=1\nA=2", ["A": "2"]),
        ("a.b-c_1=x\ngeheim=", ["a.b-c_1": "x", "geheim": ""]),
        ("A=Zoë 日本", ["A": "Zoë 日本"]),
    ])
    func isReadAsOthersReadIt(text: String, values: [String: String]) throws {
        #expect(try EnvironmentFile(parsing: Array(text.utf8)).values == values)
    }

    @Test(arguments: [
        ("A=1\ngeheim", 2, nil as String?), ("A=1\n\nge heim=x", 3, nil), ("9A=geheim", 1, nil),
        ("=geheim", 1, nil), ("export geheim", 1, nil), ("A: geheim", 1, nil), ("ge+heim==", 1, nil),
        ("A=1\r\nB='geheim\r\nC=x", 2, "B"), ("B=\"geheim", 1, "B"), (#"B="geheim\""#, 1, "B"),
        ("A=1\nB='ge'heim", 2, "B"), ("B=\"ge\" heim", 1, "B"), ("B='ge'#heim", 1, "B"),
        ("A='1\n2\n3'\nB='4' geheim", 4, "B"), ("A=1\rB=2\rgeheim", 3, nil),
        ("A=1\nB=ge\0heim", 2, nil),
    ])
    func aMistakeIsNamedByLineAndNameAlone(text: String, line: Int, name: String?) throws {
        let error = try #require(throws: EnvironmentFile.Malformed.self) {
            _ = try EnvironmentFile(parsing: Array(text.utf8))
        }
        #expect(error.line == line)
        #expect(error.name == name)
        #expect(!error.description.contains("heim"))
        #expect(error.description.hasPrefix("line \(line)"))
    }

    @Test(arguments: [
        ([UInt8]("A=1\nB=".utf8) + [0xFC], 2), ([0xFF, 0xFE, 0x41, 0x00], 1), (Array("# Z\n".utf8) + [0xC3, 0x28], 2),
    ])
    func otherEncodingsAreNamedByLine(bytes: [UInt8], line: Int) throws {
        let error = try #require(throws: EnvironmentFile.Malformed.self) { _ = try EnvironmentFile(parsing: bytes) }
        #expect(error == EnvironmentFile.Malformed(line: line, name: nil, reason: "is not text in UTF-8"))
    }
}

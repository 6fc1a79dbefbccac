import Analytics
import FoundationEssentials
import Support
import Testing

struct TimestampTests {
    @Test(arguments: [
        ("0", 0, false),
        ("1", 1_000, false),
        ("1224028800", 1_224_028_800_000, false),
        ("99999999999", 99_999_999_999_000, false),
        ("100000000000", 100_000_000_000, true),
        ("1224028800123", 1_224_028_800_123, true),
        ("253402300799999", 253_402_300_799_999, true),
    ])
    func tellsSecondsFromMillisecondsBySize(text: String, milliseconds: Int, isMilliseconds: Bool) throws {
        let written = try written(text)
        #expect(written.timestamp == Timestamp(milliseconds: milliseconds))
        #expect(written.isMilliseconds == isMilliseconds)
    }

    @Test(arguments: [1, 2, 20, 100, 10_000])
    func skipsLeadingZeros(zeros: Int) throws {
        let zeros = String(repeating: "0", count: zeros)
        #expect(try written(zeros).timestamp == Timestamp(milliseconds: 0))
        #expect(try written(zeros + "7").timestamp == Timestamp(seconds: 7))
        #expect(try written(zeros + "99999999999").isMilliseconds == false)
        #expect(try written(zeros + "100000000000").isMilliseconds)
    }

    @Test(arguments: [
        "+1", "-1", "-0", " 1", "1 ", "1 2", "\t1", "1\n", "1_000", "1,000", "1e9", "1E9", "1.0", "1.", ".5", "0x10",
        "0b1", "0o7", "1f", "NaN", "inf", "null", "１２３", "1２", "٣", "²", "1\0", "\0", "/", ":", "a", "\"1\"", "%31",
        "99999999999999999999x", "253402300799999x",
    ])
    func refusesAllButDigits(text: String) {
        #expect(throws: Rejection(.timestamp, .notDigits)) { try written(text) }
    }

    @Test func refusesEveryOtherByte() {
        for byte in UInt8.min...UInt8.max where !(0x30...0x39).contains(byte) {
            #expect(throws: Rejection(.timestamp, .notDigits)) {
                try Timestamp.Written(parsing: [0x31, byte, 0x31].span)
            }
        }
    }

    @Test func refusesAnEmptyText() {
        #expect(throws: Rejection(.timestamp, .empty)) { try written("") }
    }

    @Test(arguments: [
        "253402300800000", "253402300799999000", "999999999999999",
        "9223372036854775807", "9223372036854775808", "18446744073709551616", "18446744074933580416",
    ])
    func refusesTimesAfterTheYear9999(text: String) {
        #expect(throws: Rejection(.timestamp, .outOfRange)) { try written(text) }
    }

    @Test(arguments: [16, 19, 20, 39, 100, 10_000])
    func survivesNumbersOfAnyLength(digits: Int) {
        for digit in ["1", "9"] {
            #expect(throws: Rejection(.timestamp, .outOfRange)) {
                try written(String(repeating: digit, count: digits))
            }
        }
    }

    @Test(arguments: 0..<20)
    func readsBackEveryNumber(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<500 {
            let number = Int.random(
                in: 0...253_402_300_799_999 >> Int.random(in: 0...47, using: &random),
                using: &random
            )
            let unit = number < 100_000_000_000 ? 1_000 : 1
            let written = try written(String(number))
            #expect(written.timestamp.milliseconds == number * unit)
            #expect(written.number(for: written.timestamp) == number)
        }
    }

    @Test func keepsTheUnit() throws {
        let moment = Timestamp(seconds: 1_224_025_200)
        #expect(try written("1224028800").number(for: moment) == 1_224_025_200)
        #expect(try written("1224028800000").number(for: moment) == 1_224_025_200_000)
        #expect(try written("0").number(for: Timestamp(seconds: -3_600)) == -3_600)
    }

    @Test(arguments: [
        (0, 0), (1, 0), (3_599_999, 0), (3_600_000, 1), (7_199_999, 1), (-1, -1), (-3_600_000, -1),
        (1_224_028_800_000, 340_008), (253_402_300_799_999, 70_389_527),
    ])
    func hasAClockHour(milliseconds: Int, hour: Int) {
        #expect(Timestamp(milliseconds: milliseconds).hour == hour)
    }

    @Test func comparesByTime() {
        #expect(Timestamp(milliseconds: 999) < Timestamp(seconds: 1))
        #expect(Timestamp(milliseconds: -1) < Timestamp(milliseconds: 0))
        #expect(Timestamp(milliseconds: 1_000) == Timestamp(seconds: 1))
    }

    @Test func advancesBothWays() {
        let moment = Timestamp(seconds: 1_224_028_800)
        #expect(moment.advanced(by: .seconds(86_400)) == Timestamp(seconds: 1_224_115_200))
        #expect(moment.advanced(by: .zero - HourReport.length) == Timestamp(seconds: 1_224_025_200))
        #expect(moment.advanced(by: .milliseconds(1)) == Timestamp(milliseconds: 1_224_028_800_001))
    }

    @Test func advancesByExactMilliseconds() {
        for milliseconds in [1, 999, 253_402_300_799_999] + Array(stride(from: 0, to: 86_400_000, by: 10_000)) {
            for offset in [milliseconds, -milliseconds] {
                let moment = Timestamp(milliseconds: 0).advanced(by: .milliseconds(offset))
                #expect(moment == Timestamp(milliseconds: offset))
            }
        }
    }

    @Test func convertsADate() {
        #expect(Timestamp(Date(timeIntervalSince1970: 1_224_028_800.5)) == Timestamp(milliseconds: 1_224_028_800_500))
    }

    private func written(_ text: String) throws(Rejection) -> Timestamp.Written {
        try Timestamp.Written(parsing: Array(text.utf8).span)
    }
}

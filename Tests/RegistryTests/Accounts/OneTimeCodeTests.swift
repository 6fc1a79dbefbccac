import Registry
import Testing

struct OneTimeCodeTests {
    /// The test vectors of RFC 6238, appendix B, whose last six digits are those of six-digit codes.
    @Test(arguments: [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")])
    func codesAreThoseOfTheStandard(second: Int, code: String) {
        let factor = OneTimeCode(secret: Array("12345678901234567890".utf8))
        #expect(factor.code(at: second / 30) == code)
        #expect(factor.step(of: code, at: second, after: 0) == second / 30)
        #expect(factor.step(of: code, at: second + 29, after: 0) == second / 30)
        #expect(factor.step(of: code, at: second + 120, after: 0) == nil)
        #expect(factor.step(of: code, at: second, after: second / 30) == nil)
    }

    @Test func secretsAreReadAsTheyAreWritten() throws {
        for _ in 0..<100 {
            let factor = OneTimeCode.random()
            #expect(OneTimeCode(base32: factor.base32)?.secret == factor.secret)
            #expect(OneTimeCode(base32: factor.base32.lowercased())?.secret == factor.secret)
        }
        #expect(OneTimeCode(secret: Array("12345678901234567890".utf8)).base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        for text in ["", "GEZDGNBV", "1EZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "é"] {
            #expect(OneTimeCode(base32: text) == nil)
        }
    }
}

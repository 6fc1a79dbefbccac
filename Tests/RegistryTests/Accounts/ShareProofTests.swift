import Analytics
import Testing

@testable import Registry

struct ShareProofTests {
    private static let now = Timestamp(seconds: 1_795_617_127)
    private static let life = ShareProof.life

    private static func share(_ id: Int = 5, hash: String? = "$scrypt$a") -> RegistrySnapshot.Share {
        let password = hash.map { SharePassword(hash: $0) }
        return RegistrySnapshot.Share(id: id, site: Site.standard, filters: "[]", password: password)
    }

    @Test func aProofHoldsForThirtyDays() throws {
        let proof = try #require(ShareProof(of: Self.share(), at: Self.now))
        #expect(proof.text.hasPrefix("1798209127."))
        for (later, holds) in [
            (Duration.zero, true), (Self.life - .seconds(1), true), (Self.life, false), (Self.life * 2, false),
        ] {
            let then = Self.now.advanced(by: later)
            #expect((ShareProof(proof.text, of: Self.share(), at: then) != nil) == holds, "\(later)")
        }
        #expect("\(proof)" == "***")
    }

    /// A proof is one for a link and its present password.
    @Test func otherLinksAndPasswordsNeedOthers() throws {
        let proof = try #require(ShareProof(of: Self.share(), at: Self.now))
        for other in [Self.share(6), Self.share(hash: "$scrypt$b"), Self.share(hash: nil)] {
            #expect(ShareProof(proof.text, of: other, at: Self.now) == nil)
        }
        #expect(ShareProof(of: Self.share(hash: nil), at: Self.now) == nil)
    }

    @Test func otherTextsAreNoProofs() throws {
        let text = try #require(ShareProof(of: Self.share(), at: Self.now)).text
        let parts = text.split(separator: ".")
        let (end, code) = (String(parts[0]), String(parts[1]))
        let others = [
            "", ".", end, "\(end).", ".\(code)", "1\(end).\(code)", "\(end).\(code).", "\(end).A\(code.dropFirst(2))A",
            "99999999999999999999.\(code)", "x.\(code)", "-1.\(code)",
            "\(end).\(code)\(String(repeating: "A", count: 99))",
            "\(end).😀",
        ]
        for other in others { #expect(ShareProof(other, of: Self.share(), at: Self.now) == nil, "\(other)") }
    }
}

import Testing

@testable import Registry

struct PasswordHashTests {
    @Test func onlyThePasswordMatches() throws {
        let hash = try PasswordHash(of: "correct horse")
        let read = try #require(PasswordHash(hash.text))
        #expect(hash.text.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
        #expect(try read.matches("correct horse"))
        #expect(try !read.matches("correct horse "))
        #expect(try PasswordHash(of: "correct horse").text != hash.text)
    }

    /// A text of the database that asks for too much memory, or is none, lets nobody in.
    @Test(arguments: [
        "", "$scrypt$", "$scrypt$ln=30,r=8,p=1$AAAA$AAAA", "$argon2$ln=15,r=8,p=1$AAAA$AAAA",
        "$scrypt$ln=15,r=8,p=1$AAAA$", "$scrypt$ln=-1,r=8,p=1$AAAA$AAAA", "$scrypt$ln=15,r=9999999999999,p=1$AAAA$AAAA",
    ])
    func otherTextsAreNoHashes(text: String) {
        #expect(PasswordHash(text) == nil)
    }
}

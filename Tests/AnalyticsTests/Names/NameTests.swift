import Analytics
import Testing

struct NameTests {
    @Test(arguments: [
        ("DE", "Germany"), ("GB", "United Kingdom"), ("US", "United States"), ("AD", "Andorra"), ("ZW", "Zimbabwe"),
        ("SV", "El Salvador"), ("CI", "Côte d'Ivoire"), ("AX", "Åland Islands"), ("XK", "Kosovo"), ("TR", "Türkiye"),
        ("HK", "Hong Kong"), ("CD", "Democratic Republic of the Congo"), ("UM", "U.S. Outlying Islands"),
    ])
    func namesCountries(code: String, name: String) {
        #expect(CountryNames.name(of: code) == name)
    }

    @Test(arguments: ["", "D", "de", "DEU", "T1", "A1", "XX", "ZZ", "EU", "UK", "El", "\u{C4}X", "D E", "DE "])
    func namesNoOtherCountries(code: String) {
        #expect(CountryNames.name(of: code) == nil)
    }

    @Test(arguments: [
        ("de", "German"), ("deu", "German"), ("ger", "German"), ("en", "English"), ("zh", "Chinese"),
        ("zho", "Chinese"),
        ("aa", "Afar"), ("zza", "Zaza"), ("he", "Hebrew"), ("id", "Indonesian"), ("yi", "Yiddish"), ("fil", "Filipino"),
        ("nb", "Norwegian Bokmål"), ("yue", "Cantonese"), ("gsw", "Swiss German"), ("nqo", "N'Ko"),
    ])
    func namesLanguages(code: String, name: String) {
        #expect(LanguageNames.name(of: code) == name)
    }

    @Test(arguments: ["", "d", "DE", "de-DE", "xx", "zxx", "und", "mul", "German", "iw"])
    func namesNoOtherLanguages(code: String) {
        #expect(LanguageNames.name(of: code) == nil)
    }

    /// ISO 3166-1 has 249 codes, ISO 639-1 has 183; two have been withdrawn, and are still sent.
    @Test func namesAllCodes() {
        let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
        let pairs = letters.flatMap { first in letters.map { first + $0 } }
        let countries = pairs.compactMap { CountryNames.name(of: $0.uppercased()) }
        #expect(countries.count == 250)
        #expect(Set(countries).count == 250)
        #expect(pairs.count { LanguageNames.name(of: $0) != nil } == 185)
        let triples = pairs.flatMap { pair in letters.map { pair + $0 } }
        #expect(triples.count { LanguageNames.name(of: $0) != nil } > 450)
        let languages = (pairs + triples).compactMap { LanguageNames.name(of: $0) }
        for name in countries + languages {
            #expect(name.first?.isUppercase == true && name.last?.isWhitespace == false && !name.contains("\n"))
        }
    }
}

/// The advice to whoever has sent a hit that was refused.
package enum Remedy {
    /// The advice for a reason, as `Rejection` describes itself.
    package static func text(for reason: String) -> String {
        switch reason {
        case description(.host, .foreignHost), description(.host, .foreignOrigin):
            "Add the host of the page to the hostnames of the site, under General."
        case description(.key, .needsKey):
            "Give the snippet a write key, or let the site take hits without one, under Keys."
        case description(.key, .unknownKey): "Make a new key under Keys, and put it into the page."
        case description(.key, .wrongScope): "Send hits with a write or a server key: this one is for reading."
        case description(.key, .otherSite): "Name the site that the key belongs to."
        case description(.site, .dailyCap): "The most hits of a day are reached: raise the cap under Keys."
        case description(.key, .tooMany): "The address sends too fast: HOURGLASS_HIT_RATE is the limit."
        case description(.address, .excluded): "The address is excluded, under Excluded addresses."
        case description(.timestamp, .tooOld), description(.age, .tooOld):
            "Hits without a server key may lie back as far as Retention says."
        case description(.timestamp, .afterLatest): "The time lies in the future: set the clock of the sender."
        case description(.timestamp, .pastRetention): "Events of this time are deleted already: see Retention."
        case description(.timestamp, .beforeEarliest): "Hits of this time are dropped already: see Retention."
        case description(.referrer, .spam): "Nothing: the referrer is known for spam."
        case description(.body, .malformedJSON), description(.body, .notObject):
            "Send one JSON object for a hit, or a line for each of many."
        case description(.name, .invalidName): "Give the event a name of 1 to 120 characters."
        case description(.user, .empty): "Leave the user out where there is none."
        default: "The documentation of the interface (/openapi.json) says what a hit may have."
        }
    }

    private static func description(_ field: Rejection.Field, _ reason: Rejection.Reason) -> String {
        Rejection(field, reason).description
    }
}

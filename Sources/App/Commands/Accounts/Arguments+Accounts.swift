import Analytics
import ArgumentParser
import HTTP

extension AccountName: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Role: ExpressibleByArgument {}

extension Account {
    /// The account as commands print it.
    var json: JSON {
        .object([
            "name": .text(name), "email": .text(email), "display_name": .text(displayName),
            "operator": .bool(isOperator), "second_factor": .bool(hasSecondFactor),
            "roles": .object(JSON.Members(roles.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value.rawValue)) })),
            "created": .text(created.text), "used": used.map { .text($0.text) },
        ])
    }
}

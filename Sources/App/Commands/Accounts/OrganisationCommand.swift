import ArgumentParser

/// Manages organisations.
struct OrganisationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organisation",
        abstract: "Add, list, rename and remove the organisations that sites belong to.",
        discussion: "The members of an organisation see its sites; `account role --organisation` makes members.",
        subcommands: [OrganisationAdd.self, OrganisationList.self, OrganisationRename.self, OrganisationRemove.self]
    )
}

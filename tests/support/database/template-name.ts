/** The migrated, empty database that test databases are copied from. */
export const templateName = "earshot_template";

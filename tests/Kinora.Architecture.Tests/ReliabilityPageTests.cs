using System.Text.RegularExpressions;

namespace Kinora.Architecture.Tests;

/// <summary>The table of promises in <c>docs/reliability.md</c> names tests that there are.</summary>
public sealed partial class ReliabilityPageTests
{
    private const int Rows = 22;

    private static readonly string[][] s_rows = File.ReadLines(Repository.PathOf("docs/reliability.md"))
        .Where(line => NumberedRow().IsMatch(line))
        .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)).ToArray();

    [Fact]
    public void Every_row_is_there_and_says_yes_or_why_not_for_each_database()
    {
        Assert.Equal(Enumerable.Range(1, Rows).Select(number => $"{number}"), s_rows.Select(row => row[0]));
        Assert.All(s_rows, row => Assert.All(row[^2..], answer => Assert.Matches("^(yes|yes: .{20,}|none: .{20,})$", answer)));
    }

    [Fact]
    public void Every_test_that_is_named_exists_for_both_databases_if_the_row_says_so()
    {
        var files = Repository.SourceFiles("tests").Select(path => (Name: Path.GetFileNameWithoutExtension(path), Text: File.ReadAllText(path))).ToList();
        foreach (var row in s_rows)
        {
            var named = TestClass().Matches(row[2]).Select(match => match.Value.Trim('`')).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(name, files.Select(file => file.Name)));
            var onBoth = row[^2].StartsWith("yes", StringComparison.Ordinal) && row[^1].StartsWith("yes", StringComparison.Ordinal);
            if (onBoth)
                Assert.Contains(named, name => RunsOnBoth(name, files));
        }
    }

    /// <summary>By a theory over the databases, or by a class for each that inherits it.</summary>
    private static bool RunsOnBoth(string name, List<(string Name, string Text)> files) =>
        files.Any(file => file.Name == name && BothStores().IsMatch(file.Text))
        || ((string[])["Sqlite", "Postgres"]).All(database => files.Any(file => file.Name.StartsWith(database, StringComparison.Ordinal) && Regex.IsMatch(file.Text, $@": {name}\b")));

    [GeneratedRegex(@"^\| \d+ \|")]
    private static partial Regex NumberedRow();

    [GeneratedRegex("`[A-Z]\\w+`")]
    private static partial Regex TestClass();

    [GeneratedRegex("TestInstallation\\.Stores|\\[TestStore\\.Sqlite, TestStore\\.Postgres\\]|InlineData\\(\"sqlite\"[\\s\\S]*InlineData\\(\"postgres\"")]
    private static partial Regex BothStores();
}

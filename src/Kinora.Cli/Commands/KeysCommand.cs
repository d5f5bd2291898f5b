using System.CommandLine;
using Kinora.Server;
using Kinora.Server.Keys;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora keys</c>: the API keys of a data directory.</summary>
internal static class KeysCommand
{
    private static readonly Option<string> s_name = new("--name") { Description = "A name for people, for example the application that uses it.", DefaultValueFactory = _ => "unnamed" };
    private static readonly Option<bool> s_admin = new("--admin") { Description = "Also allow managing keys and other owners' jobs." };
    private static readonly Option<double?> s_days = new("--days") { Description = "Days until it expires. Default: never." };
    private static readonly Argument<string> s_keyId = new("key-id") { Description = "The part before the colon, as `kinora keys list` shows it." };

    private static readonly Argument<decimal?> s_usd = new("usd") { Description = "What it may spend from now on, by the hosted price lists, for example 25. Without it the budget is removed.", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        var command = new Command("keys", "Create, list and revoke API keys. As soon as one exists, every request needs one.") { CreateCreate(), CreateList(), CreateRevoke(), CreateBudget() };
        DataOption.AddTo(command);
        return command;
    }

    private static Command CreateCreate()
    {
        var create = new Command("create", "Make a key and print it once.") { s_name, s_admin, s_days };
        create.SetAction((arguments, cancellationToken) => WithKeysAsync(arguments, async keys =>
        {
            var lifetime = arguments.GetValue(s_days) is { } days ? TimeSpan.FromDays(days) : (TimeSpan?)null;
            Console.WriteLine(await keys.CreateAsync(arguments.GetRequiredValue(s_name), arguments.GetValue(s_admin), lifetime, cancellationToken));
            Console.Error.WriteLine("Keep it: the part after the colon is stored as a hash only. Use it as \"Authorization: Key <it>\" or FAL_KEY.");
            return 0;
        }));
        return create;
    }

    private static Command CreateList()
    {
        var list = new Command("list", "List all keys.");
        list.SetAction((arguments, cancellationToken) => WithKeysAsync(arguments, async keys =>
        {
            var table = new Table().AddColumns("key id", "name", "scope", "created", "last used", "state");
            foreach (var key in await keys.ListAsync(cancellationToken))
                table.AddRow(key.KeyId, Markup.Escape(key.Name), key.Scope, $"{key.CreatedAt:u}", key.LastUsedAt is { } used ? $"{used:u}" : "never", key.State);
            AnsiConsole.Write(table);
            return 0;
        }));
        return list;
    }

    private static Command CreateRevoke()
    {
        var revoke = new Command("revoke", "Close a key from now on.") { s_keyId };
        revoke.SetAction((arguments, cancellationToken) => WithKeysAsync(arguments, async keys =>
        {
            if (await keys.RevokeAsync(arguments.GetRequiredValue(s_keyId), cancellationToken))
                return 0;
            ConsoleErrors.Write($"there is no key {arguments.GetValue(s_keyId)}; `kinora keys list` shows all.");
            return 1;
        }));
        return revoke;
    }

    private static Command CreateBudget()
    {
        var budget = new Command("budget", "Give a key a hard budget: what goes beyond it is refused before the queue.") { s_keyId, s_usd };
        budget.SetAction((arguments, cancellationToken) => WithKeysAsync(arguments, async keys =>
        {
            var usd = arguments.GetValue(s_usd);
            if (usd < 0)
            {
                ConsoleErrors.Write($"a budget is 0 or more; it was {usd}.");
                return 1;
            }

            if (await keys.SetBudgetAsync(arguments.GetRequiredValue(s_keyId), usd, cancellationToken))
                return 0;
            ConsoleErrors.Write($"there is no key {arguments.GetValue(s_keyId)}; `kinora keys list` shows all.");
            return 1;
        }));
        return budget;
    }

    private static async Task<int> WithKeysAsync(ParseResult arguments, Func<ApiKeys, Task<int>> work)
    {
        try
        {
            await using var keys = ApiKeys.Open(DataOption.Read(arguments), TimeProvider.System);
            return await work(keys);
        }
        catch (ServerStartException problem)
        {
            ConsoleErrors.Write(problem.Message);
            return 1;
        }
    }
}

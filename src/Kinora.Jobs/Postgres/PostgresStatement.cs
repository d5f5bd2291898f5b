using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Kinora.Jobs.Postgres;

/// <summary>
/// One of the few statements that every job costs: with numbered parameters, for which the driver need not look through the whole text each time, and read without
/// a mapper. Everything else goes through Dapper.
/// </summary>
internal sealed partial class PostgresStatement
{
    private readonly string _text;
    private readonly NpgsqlDbType[] _types;

    /// <param name="sql">With <c>@name</c> wherever a parameter stands.</param>
    /// <param name="parameters">The names, without the <c>@</c>, in the order of the values.</param>
    internal PostgresStatement(string sql, params (string Name, NpgsqlDbType Type)[] parameters)
    {
        string[] names = Array.ConvertAll(parameters, parameter => parameter.Name);
        _text = ParameterName().Replace(sql, match => $"${Array.IndexOf(names, match.Groups[1].Value) + 1}");
        if (_text.Contains("$0", StringComparison.Ordinal))
            throw new ArgumentException("The statement has a parameter that is not named.", nameof(parameters));
        _types = Array.ConvertAll(parameters, parameter => parameter.Type);
    }

    /// <summary>Ready to be executed; the caller disposes of it.</summary>
    /// <param name="connection">An open one.</param>
    /// <param name="values">One for each parameter; null is NULL.</param>
    internal NpgsqlCommand Bind(NpgsqlConnection connection, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(_text, connection);
        Fill(command.Parameters, values);
        return command;
    }

    /// <summary>The same as a part of a batch.</summary>
    internal NpgsqlBatchCommand BindPart(params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(_text);
        Fill(command.Parameters, values);
        return command;
    }

    private void Fill(NpgsqlParameterCollection parameters, ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < _types.Length; i++)
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = _types[i], Value = values[i] ?? DBNull.Value });
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex ParameterName();
}

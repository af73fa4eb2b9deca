using System.CommandLine;
using Shanmen.Centre;
using Shanmen.Centre.Verbs;

// 山门 Centre: one program, a verb for each thing that an operator does. Without a verb it serves.
var data = new Option<DirectoryInfo?>("--data") { Description = "数据目录 / data folder (default: ./data, with a demo park when new)", Recursive = true };
var database = new Option<string?>("--database") { Description = "PostgreSQL 连接串 / connection string (default: embedded SQLite)", Recursive = true };
var root = new RootCommand("山门 Shanmen: 景区票务一卡通 / ticketing for scenic areas") { data, database };
Settings Read(ParseResult parsed) => Settings.Read(parsed.GetValue(data)?.FullName, parsed.GetValue(database));

Serve.AddTo(root, Read);
VerifyStore.AddTo(root, Read);
Backups.AddTo(root, Read);
ResetPassword.AddTo(root, Read);
AddPark.AddTo(root, Read);

try { return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }); }
catch (OperatorException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}

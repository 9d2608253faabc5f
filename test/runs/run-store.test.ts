import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDatabase } from '../../src-main/database/database.ts';
import { RunStore } from '../../src-main/runs/run-store.ts';
import { newFile } from '../database/temporary-folder.ts';

interface PlanRow {
  readonly detail: string;
}

describe('interrupting unfinished runs', () => {
  it('uses the index of unfinished runs', () => {
    const database = openDatabase(newFile());
    onTestFinished(() => database.close());
    const { connection } = database;
    const prepare = vi.spyOn(connection, 'prepare');
    new RunStore(connection).interruptUnfinished();
    const statements = prepare.mock.calls.map(([sql]) => sql);
    prepare.mockRestore();
    const sql = statements.find((statement) => statement.includes("SET status = 'interrupted'"));
    const planOf = (statement: string) =>
      connection
        .prepare<[], PlanRow>(`EXPLAIN QUERY PLAN ${statement}`)
        .all()
        .map(({ detail }) => detail);
    expect(planOf(sql ?? '')).toEqual(['SEARCH runs USING INDEX runs_unfinished (status=?)']);
    // Control: a statement that the index can't serve scans the table.
    expect(planOf("UPDATE runs SET status = 'interrupted' WHERE status = 'failed'")).toEqual(['SCAN runs']);
  });
});

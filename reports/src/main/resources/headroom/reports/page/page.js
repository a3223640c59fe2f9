// Sorts and filters the tables of the page. Without it every table is complete, in the order of the sweep.
(() => {
  'use strict';
  const ORDERS = ['none', 'ascending', 'descending'];
  const FEW_ROWS = 4;

  // A cell that spans several columns says why a point cannot run; it belongs to none of them.
  const textOf = (row, column) => {
    let at = 0;
    for (const cell of row.cells) {
      if (at === column) return cell.colSpan > 1 ? '' : cell.textContent.trim();
      at += cell.colSpan;
    }
    return '';
  };
  // '2.31 +-0.04' counts as 2.31; what begins with no number counts as none.
  const numberOf = text => {
    const value = text.replaceAll(',', '').replace(/ \+-.*$/, '');
    return value === '' ? NaN : Number(value);
  };

  const compare = (a, b, numeric) => (numeric ? numberOf(a) - numberOf(b) : a.localeCompare(b, 'en', { numeric: true }));

  function makeSortable(head, column, body, original, heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    const name = document.createElement('span');
    name.className = 'name';
    name.append(head.firstChild);
    button.append(name, ...head.childNodes);
    head.append(button);
    head.setAttribute('aria-sort', 'none');
    const numeric = head.classList.contains('number');
    button.addEventListener('click', () => {
      const order = ORDERS[(ORDERS.indexOf(head.getAttribute('aria-sort')) + 1) % ORDERS.length];
      heads.forEach(each => each.setAttribute('aria-sort', 'none'));
      head.setAttribute('aria-sort', order);
      const sign = order === 'descending' ? -1 : 1;
      const rows = [...original];
      if (order !== 'none') {
        rows.sort((one, other) => {
          const a = textOf(one, column);
          const b = textOf(other, column);
          if (a === '' || b === '') return (a === '') - (b === '');
          return sign * compare(a, b, numeric);
        });
      }
      body.append(...rows);
    });
  }

  // 'int8 users>50' keeps rows that hold the word and whose column 'users' is above 50.
  function conditions(query, names) {
    return query.trim().split(/\s+/).filter(Boolean).map(word => {
      const parts = /^([^<>=]+)(<=|>=|<|>|=)(.+)$/.exec(word);
      if (!parts) return { word: word.toLowerCase() };
      const column = names.indexOf(parts[1].toLowerCase());
      return { word, column, sign: parts[2], value: parts[3] };
    });
  }

  function keeps(row, condition) {
    if (condition.column === undefined) return row.textContent.toLowerCase().includes(condition.word);
    const text = textOf(row, condition.column).toLowerCase();
    if (condition.sign === '=') {
      return text === condition.value.toLowerCase() || numberOf(text) === numberOf(condition.value);
    }
    const difference = numberOf(text) - numberOf(condition.value);
    if (Number.isNaN(difference)) return false;
    if (difference === 0) return condition.sign.includes('=');
    return (difference < 0) === condition.sign.startsWith('<');
  }

  // A condition that some row of the table meets, to show how one is written.
  function example(rows, heads, names) {
    const column = heads.findIndex((head, at) => head.classList.contains('number') && !names[at].includes(' '));
    const value = column < 0 ? '' : textOf(rows[rows.length >> 1], column).replace(/ \+-.*$/, '');
    return value === '' ? 'words' : `words, or ${names[column]}>=${value}`;
  }

  function makeFilterable(table, rows, heads, names) {
    const tools = document.createElement('p');
    tools.className = 'tools';
    const label = document.createElement('label');
    const input = document.createElement('input');
    const status = document.createElement('output');
    input.type = 'search';
    input.placeholder = example(rows, heads, names);
    label.append(`Filter ${table.dataset.name} `, input);
    tools.append(label, ' ', status);
    input.addEventListener('input', () => {
      const wanted = conditions(input.value, names);
      const unknown = wanted.find(each => each.column === -1);
      if (unknown) {
        status.textContent = `No column is named as in '${unknown.word}'.`;
        return;
      }
      let kept = 0;
      for (const row of rows) {
        row.hidden = !wanted.every(condition => keeps(row, condition));
        kept += row.hidden ? 0 : 1;
      }
      status.textContent = wanted.length === 0 ? '' : `${kept} of ${rows.length} rows`;
    });
    table.closest('.scroll').before(tools);
  }

  for (const table of document.querySelectorAll('table[data-name]')) {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const names = heads.map(head => head.firstChild.textContent.trim().toLowerCase());
    if (rows.length > 1) heads.forEach((head, column) => makeSortable(head, column, body, rows, heads));
    if (rows.length > FEW_ROWS) makeFilterable(table, rows, heads, names);
  }
})();

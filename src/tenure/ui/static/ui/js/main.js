// The one module a page loads; every other stands for one behaviour.
import "./requests.js";
import "./toasts.js";
import "./dialogs.js";
import "./menus.js";
import "./palette.js";
import "./selection.js";
import "./list.js";
import "./tables.js";
import "./tasks.js";
import "./theme.js";
import "./forms.js";
import "./moments.js";
import "./combobox.js";
import "./charts.js";
import "./copy.js";
